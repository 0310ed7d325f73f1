"""The addresses of the work around reviews, below those of the administration."""

from django.urls import path

from .views.missing import MissingView
from .views.queue import QueueView

app_name = "reviewing"

urlpatterns = [
    path("por-revisar/", QueueView.as_view(), name="queue"),
    path("por-revisar/resultados/", QueueView.as_view(results_only=True), name="queue_results"),
    path("que-me-falta/", MissingView.as_view(), name="missing"),
]
