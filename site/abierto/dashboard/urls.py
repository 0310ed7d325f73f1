"""URLs of the reviewer's queue, the pending work and the review steps, below those of the admin."""

from django.urls import path

from .grid import CommitmentGridView
from .manual import ManualView, serve_image
from .tour import dismiss_tour
from .views import PendingView, QueueView, SpaceStepsView, StepsView

app_name = "dashboard"

urlpatterns = [
    path("por-revisar/", QueueView.as_view(), name="queue"),
    path("por-revisar/resultados/", QueueView.as_view(results_only=True), name="queue_results"),
    path("que-me-falta/", PendingView.as_view(), name="pending"),
    path("mis-compromisos/", CommitmentGridView.as_view(), name="grid"),
    path("manual/", ManualView.as_view(), name="manual_index"),
    path("manual/<slug:chapter>/", ManualView.as_view(), name="manual"),
    path("manual/imagen/<str:name>/", serve_image, name="manual_image"),
    path("primer-dia/cerrar/", dismiss_tour, name="dismiss_tour"),
    path("pasos/", StepsView.as_view(), name="steps"),
    path("pasos/<int:pk>/", SpaceStepsView.as_view(), name="space_steps"),
]
