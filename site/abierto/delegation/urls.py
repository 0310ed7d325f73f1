"""URLs of delegations, below those of the admin."""

from django.urls import path

from .views import DelegationCreateView, DelegationEndView, DelegationListView

app_name = "delegation"

urlpatterns = [
    path("", DelegationListView.as_view(), name="list"),
    path("nueva/", DelegationCreateView.as_view(), name="create"),
    path("<int:pk>/terminar/", DelegationEndView.as_view(), name="end"),
]
