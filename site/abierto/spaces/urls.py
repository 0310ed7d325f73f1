"""URLs of the spaces, below those of the admin."""

from django.urls import path

from .agreement_views import AgreementsView
from .municipality_views import (
    MicrositeTemplateView,
    MunicipalityProposeView,
    ProposalsView,
    ReviewSourceView,
)
from .registry_views import TownRowView
from .team_views import TeamView
from .views import SpaceCreateView, SpaceDetailView, SpaceListView

app_name = "spaces"

urlpatterns = [
    path("", SpaceListView.as_view(), name="list"),
    path("nuevo/", SpaceCreateView.as_view(), name="create"),
    path("municipios/", ProposalsView.as_view(), name="proposals"),
    path("municipios/nuevo/", MunicipalityProposeView.as_view(), name="propose"),
    path("municipios/plantilla/", MicrositeTemplateView.as_view(), name="template"),
    path("acuerdos/", AgreementsView.as_view(), name="agreements"),
    path("ficha/", TownRowView.as_view(), name="town_row"),
    path("equipo/", TeamView.as_view(), name="team"),
    path("<int:pk>/revision/", ReviewSourceView.as_view(), name="review_source"),
    path("<int:pk>/", SpaceDetailView.as_view(), name="detail"),
]
