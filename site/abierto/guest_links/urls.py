"""URLs of guest links, below those of the admin."""

from django.urls import path

from .views import GuestLinkCreateView, GuestLinkListView, GuestLinkRevokeView

app_name = "guest_links"

urlpatterns = [
    path("", GuestLinkListView.as_view(), name="list"),
    path("pagina/<int:page_id>/", GuestLinkCreateView.as_view(), name="create"),
    path("<int:pk>/revocar/", GuestLinkRevokeView.as_view(), name="revoke"),
]
