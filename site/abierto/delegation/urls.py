"""URLs of delegations, below those of the admin."""

from django.urls import path

from .views import DelegateView, DelegationsView, EndDelegationView

app_name = "delegation"

urlpatterns = [
    path("", DelegationsView.as_view(), name="list"),
    path("nueva/", DelegateView.as_view(), name="create"),
    path("<int:pk>/terminar/", EndDelegationView.as_view(), name="end"),
]
