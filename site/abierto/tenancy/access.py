"""Who may reach what. Everything is denied until granted."""

from wagtail.models import Collection

from abierto.tenancy.models import Space


def space_of_collection(collection: Collection) -> Space | None:
    """Return the space that owns ``collection`` or the nearest one above it; None: everybody's."""
    paths = [
        collection.path[:end]
        for end in range(collection.steplen, len(collection.path) + 1, collection.steplen)
    ]
    return Space.objects.filter(collection__path__in=paths).order_by("-collection__path").first()
