"""Which pages the current visitor of the admin may read only as the public does."""

from wagtail.models import Page

from abierto.tenancy.access import Person, root_paths, sees_everything, spaces_of
from abierto.tenancy.current_user import current_visitor


def hides_draft(page: Page) -> bool:
    """Check whether the current visitor may read only what is public of ``page``.

    Outside of a request nothing is hidden.
    """
    visitor = current_visitor()
    return visitor is not None and not is_own_page(page, visitor)


def is_own_page(page: Page, user: Person) -> bool:
    """Check whether ``page`` belongs to a space of ``user``, without a query of its own."""
    if sees_everything(user):
        return True
    return any(page.path.startswith(path) for path in root_paths(spaces_of(user)))
