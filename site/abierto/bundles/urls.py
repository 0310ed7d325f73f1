"""URLs of release bundles, below those of the admin."""

from django.urls import path

from .views import BundleCreateView, BundleListView, BundleView

app_name = "bundles"

urlpatterns = [
    path("", BundleListView.as_view(), name="list"),
    path("nuevo/", BundleCreateView.as_view(), name="create"),
    path("<int:pk>/", BundleView.as_view(), name="detail"),
]
