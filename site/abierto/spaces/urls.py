"""URLs of the spaces, below those of the admin."""

from django.urls import path

from .views import SpaceCreateView, SpaceDetailView, SpaceListView

app_name = "spaces"

urlpatterns = [
    path("", SpaceListView.as_view(), name="list"),
    path("nuevo/", SpaceCreateView.as_view(), name="create"),
    path("<int:pk>/", SpaceDetailView.as_view(), name="detail"),
]
