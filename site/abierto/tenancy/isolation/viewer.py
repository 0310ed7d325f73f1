"""Pages whose draft the current visitor must not read."""

from wagtail.models import Page

from abierto.tenancy.access import RequestUser, has_page_at, sees_everything, spaces_of
from abierto.tenancy.current_user import current_visitor
from abierto.tenancy.isolation.sharing import is_shared_page


def hides_draft(page: Page) -> bool:
    """Check that the current visitor may only read what is public of ``page``; False without a request."""
    visitor = current_visitor()
    return visitor is not None and not is_own_page(page, visitor) and not is_shared_page(page, visitor)


def is_own_page(page: Page, user: RequestUser) -> bool:
    """Check that ``page`` belongs to a space of ``user``, without a query for each page."""
    if sees_everything(user):
        return True
    return any(has_page_at(space, page.path) for space in spaces_of(user))
