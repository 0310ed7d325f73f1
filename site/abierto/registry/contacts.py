"""The contacts of institutions, which are public by office."""

from collections.abc import Iterator

from abierto.tenancy.models import Space

from .models import Institution, OfficialContact


def list_official_contacts(space: Space | None) -> Iterator[str]:
    """Yield the contacts that texts of ``space`` may say, with two queries.

    Those of public institutions count everywhere; the approved list of a space counts in its texts.
    """
    fields = ("email", "transparency_email", "transparency_phone", "transparency_address")
    for contacts in Institution.objects.public().values_list(*fields):
        yield from contacts
    yield from OfficialContact.objects.allowed_in(space).values_list("value", flat=True)
