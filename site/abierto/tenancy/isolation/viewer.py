"""The person on whose behalf an admin page is being built."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import Page

from abierto.tenancy.access import Person, root_paths, sees_everything, spaces_of

_viewer: ContextVar[Callable[[], Person] | None] = ContextVar("abierto_viewer", default=None)


@contextmanager
def viewed_by(viewer: Callable[[], Person]) -> Iterator[None]:
    """Build what is inside for the person that ``viewer`` returns; called only when needed."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)


def hides_draft(page: Page) -> bool:
    """Check whether the current viewer may read only what is public of ``page``.

    Outside an admin request there is no viewer, and nothing is hidden.
    """
    viewer = _viewer.get()
    return viewer is not None and not is_own_page(page, viewer())


def is_own_page(page: Page, user: Person) -> bool:
    """Check whether ``page`` belongs to a space of ``user``, without a query of its own."""
    if sees_everything(user):
        return True
    return any(page.path.startswith(path) for path in root_paths(spaces_of(user)))
