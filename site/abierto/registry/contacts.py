"""The contacts of institutions, which are public by office."""

from collections.abc import Iterator

from abierto.tenancy.models import Space

from .models import Institution


def list_official_contacts(space: Space | None) -> Iterator[str]:
    """Yield the mailboxes and phones of the public institutions with one query, whatever the space."""
    fields = ("email", "transparency_email", "transparency_phone")
    for contacts in Institution.objects.public().values_list(*fields):
        yield from contacts
