"""The contacts of institutions, which are public by office."""

from collections.abc import Iterator

from .models import Institution


def list_official_contacts() -> Iterator[str]:
    """Yield the mailboxes and phones of the public institutions with one query."""
    fields = ("email", "transparency_email", "transparency_phone")
    for contacts in Institution.objects.public().values_list(*fields):
        yield from contacts
