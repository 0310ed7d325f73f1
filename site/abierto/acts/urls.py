"""URLs of the acts of the state, below those of the admin."""

from django.urls import path

from .views import ActsView, AdministrationView, HandoverView, SuspensionView, TownView

app_name = "acts"

urlpatterns = [
    path("", ActsView.as_view(), name="list"),
    path("suspension/", SuspensionView.as_view(), name="suspension"),
    path("administracion/", TownView.as_view(), name="town"),
    path("administracion/<int:pk>/", AdministrationView.as_view(), name="administration"),
    path("relevo/", HandoverView.as_view(), name="handover"),
]
