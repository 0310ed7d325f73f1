"""URLs of the copies of microsites, below those of the admin."""

from django.urls import path

from .views import CopiesView, DownloadView

app_name = "microsite_copies"

urlpatterns = [
    path("", CopiesView.as_view(), name="list"),
    path("<int:pk>/", DownloadView.as_view(), name="download"),
]
