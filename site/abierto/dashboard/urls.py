"""The addresses of the work around reviews, below those of the administration."""

from django.urls import path

from abierto.bundles.create_views import NewBundleView
from abierto.bundles.views import BundlesView, BundleView
from abierto.deadlines.views import CalendarFileView, CalendarsView, CalendarView
from abierto.delegation.views import DelegateView, DelegationsView, EndDelegationView
from abierto.guest_links.views import GuestLinksView, NewGuestLinkView, RevokeGuestLinkView

from .pending_views import MissingView
from .queue_views import QueueView
from .step_views import SpaceStepsView, StepsView

app_name = "reviewing"

urlpatterns = [
    path("por-revisar/", QueueView.as_view(), name="queue"),
    path("por-revisar/resultados/", QueueView.as_view(results_only=True), name="queue_results"),
    path("que-me-falta/", MissingView.as_view(), name="missing"),
    path("calendario/", CalendarsView.as_view(), name="calendars"),
    path("calendario/<int:plan_id>/", CalendarView.as_view(), name="calendar"),
    path("calendario/<int:plan_id>/reportes.ics", CalendarFileView.as_view(), name="calendar_file"),
    path("delegaciones/", DelegationsView.as_view(), name="delegations"),
    path("delegaciones/nueva/", DelegateView.as_view(), name="delegate"),
    path("delegaciones/<int:pk>/terminar/", EndDelegationView.as_view(), name="end_delegation"),
    path("paquetes/", BundlesView.as_view(), name="bundles"),
    path("paquetes/nuevo/", NewBundleView.as_view(), name="new_bundle"),
    path("paquetes/<int:pk>/", BundleView.as_view(), name="bundle"),
    path("pasos/", StepsView.as_view(), name="steps"),
    path("pasos/<int:pk>/", SpaceStepsView.as_view(), name="space_steps"),
    path("enlaces/", GuestLinksView.as_view(), name="guests"),
    path("enlaces/pagina/<int:page_id>/", NewGuestLinkView.as_view(), name="new_guest"),
    path("enlaces/<int:pk>/revocar/", RevokeGuestLinkView.as_view(), name="revoke_guest"),
]
