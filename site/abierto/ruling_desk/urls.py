"""URLs of the desk, below those of the admin."""

from django.urls import path

from .count_views import CountFormView, CountListView, EvidenceView
from .desk import DeskView
from .views import BatchListView, BatchView, TemplateFileView, UploadView

app_name = "ruling_desk"

urlpatterns = [
    path("", DeskView.as_view(), name="desk"),
    path("resultados/", DeskView.as_view(results_only=True), name="desk_results"),
    path("lotes/", BatchListView.as_view(), name="batches"),
    path("lotes/nuevo/", UploadView.as_view(), name="upload"),
    path("lotes/plantilla/", TemplateFileView.as_view(), name="template"),
    path("lotes/<int:pk>/", BatchView.as_view(), name="batch"),
    path("cuentas/", CountListView.as_view(), name="counts"),
    path("cuentas/nueva/", CountFormView.as_view(), name="add_count"),
    path("cuentas/<int:pk>/", CountFormView.as_view(), name="edit_count"),
    path("cuentas/<int:pk>/prueba/", EvidenceView.as_view(), name="evidence"),
]
