"""URLs of the redaction helper, below those of the admin."""

from django.urls import path

from .views import (
    RedactionChoiceView,
    RedactionCreateView,
    RedactionDeleteView,
    RedactionDetailView,
    RedactionFileView,
    RedactionListView,
)

app_name = "redactions"

urlpatterns = [
    path("", RedactionListView.as_view(), name="list"),
    path("nuevo/", RedactionCreateView.as_view(), name="create"),
    path("pagina/<int:page_id>/", RedactionCreateView.as_view(), name="create_for_page"),
    path("<int:pk>/elegir/", RedactionChoiceView.as_view(), name="choose"),
    path("<int:pk>/", RedactionDetailView.as_view(), name="detail"),
    path("<int:pk>/archivo/", RedactionFileView.as_view(), name="file"),
    path("<int:pk>/borrar/", RedactionDeleteView.as_view(), name="delete"),
]
