"""The one version of another space that a reviewer of an agreement may read during a request.

The policy of the review's addresses sets it, and ``IsolationMiddleware`` forgets it. A context variable,
because a preview answers by a request of its own inside the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from abierto.tenancy.access import RequestUser


@dataclass(frozen=True)
class SharedVersion:
    """A version under review, for one account: its page and the files that it shows."""

    user_id: int
    space_id: int
    page_id: int | None
    image_ids: frozenset[int]
    document_ids: frozenset[int]

    def includes_file(self, file: Any) -> bool:
        """Check that the version shows ``file``, and that the file belongs to its space."""
        if file.space_id != self.space_id:
            return False
        return file.pk in self.file_ids_of(type(file))

    def file_ids_of(self, model: type[Model]) -> frozenset[int]:
        """Return the ids of the files of ``model`` that the version shows."""
        if issubclass(model, get_image_model()):
            return self.image_ids
        return self.document_ids if issubclass(model, get_document_model()) else frozenset()


_version: ContextVar[SharedVersion | None] = ContextVar("abierto_shared_version", default=None)


def share_version(version: SharedVersion) -> None:
    """Open ``version`` to its reader until the end of the request."""
    _version.set(version)


@contextmanager
def forget_shared_version(request: HttpRequest) -> Iterator[None]:
    """Begin and end a request without a shared version; that of a preview stays as it is."""
    if getattr(request, "is_dummy", False):
        yield
        return
    token = _version.set(None)
    try:
        yield
    finally:
        _version.reset(token)


def shared_version_for(user: RequestUser | None) -> SharedVersion | None:
    """Return the version that is shared with ``user`` in this request."""
    version = _version.get()
    return version if version is not None and user is not None and user.pk == version.user_id else None


def is_shared_page(page: Page, user: RequestUser) -> bool:
    version = shared_version_for(user)
    return version is not None and page.pk is not None and page.pk == version.page_id
