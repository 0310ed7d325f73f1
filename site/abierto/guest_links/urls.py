"""URLs of guest links, below those of the admin."""

from django.urls import path

from .views import GuestLinksView, NewGuestLinkView, RevokeGuestLinkView

app_name = "guest_links"

urlpatterns = [
    path("", GuestLinksView.as_view(), name="list"),
    path("pagina/<int:page_id>/", NewGuestLinkView.as_view(), name="create"),
    path("<int:pk>/revocar/", RevokeGuestLinkView.as_view(), name="revoke"),
]
