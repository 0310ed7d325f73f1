"""Metrics in the format OpenMetrics at ``/salud/metricas``, protected by a token.

With several processes of gunicorn (``PROMETHEUS_MULTIPROC_DIR``), their counters are summed from files in
that folder. The state of the portal is read from the database for each response.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from wagtail.models import TaskState

from search.indexing.outbox import find_dead_letters, find_waiting_rows, is_worker_alive

from .digest import count_events

REQUESTS = Counter("abierto_requests", "Responses by method and status.", ["method", "status"])
DURATION = Histogram(
    "abierto_request_seconds",
    "Seconds from a request to its response.",
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
UNAUTHORIZED = 401


class PortalState(Collector):
    """Gauges of waiting and failed work, read from the database."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        oldest = find_waiting_rows().aggregate(at=Min("next_at"))["at"]
        age = (timezone.now() - oldest).total_seconds() if oldest else 0
        reviews = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()
        gauges = {
            "abierto_index_queue_seconds": ("Age of the oldest change that the index lacks.", age),
            "abierto_index_queue_rows": ("Changes that the index lacks.", find_waiting_rows().count()),
            "abierto_index_failed_rows": ("Changes that were given up.", find_dead_letters().count()),
            "abierto_worker_alive": ("1 while a worker was seen a moment ago.", int(is_worker_alive())),
            "abierto_reviews_waiting": ("Reviews that wait for a decision.", reviews),
            "abierto_letters_failed": (
                "Letters that failed since the last digest.",
                count_events("mail_backends"),
            ),
            "abierto_errors": ("Errors since the last digest.", count_events()),
        }
        for name, (text, value) in gauges.items():
            yield GaugeMetricFamily(name, text, value=value)


def is_authorized(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    return constant_time_compare(given, f"Bearer {settings.ABIERTO_METRICS_TOKEN}")


@never_cache
@require_safe
def metrics_view(request: HttpRequest) -> HttpResponse:
    """Return the metrics; 404 if no token is configured, 401 without the token."""
    if not settings.ABIERTO_METRICS_TOKEN:
        raise Http404
    if not is_authorized(request):
        return HttpResponse(status=UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    state = CollectorRegistry()
    state.register(PortalState())
    counted = REGISTRY
    if settings.ABIERTO_METRICS_FOLDER:
        counted = CollectorRegistry()
        MultiProcessCollector(counted, path=settings.ABIERTO_METRICS_FOLDER)
    # Each part ends with «# EOF», which only the last one may have.
    body = generate_latest(counted).removesuffix(b"# EOF\n") + generate_latest(state)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
