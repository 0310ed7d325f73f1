"""URLs of release bundles, below those of the admin."""

from django.urls import path

from .create_views import NewBundleView
from .views import BundlesView, BundleView

app_name = "bundles"

urlpatterns = [
    path("", BundlesView.as_view(), name="list"),
    path("nuevo/", NewBundleView.as_view(), name="create"),
    path("<int:pk>/", BundleView.as_view(), name="detail"),
]
