"""What content may point at: pages, files and registry rows of its own space, shared ones, public pages.

The rule is asked twice: of the space that the content belongs to, and of the person who writes it. Content
of the state, or of no space, may point at anything; so may the state team.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page

from abierto.accounts.models import User

from .access import has_space, own_or_shared_rows, own_pages, sees_everything, space_of, spaces_of
from .current_user import current_visitor
from .enums import SpaceKind
from .models import Space
from .visibility import filter_public

_SPACE_CACHE = "_abierto_space"

_without_space: set[type[Model]] = set()


def register_without_space(*models: type[Model]) -> None:
    """Let content of every space point at rows of ``models``, which belong to no space."""
    _without_space.update(models)


def is_of_the_state(space: Space | None) -> bool:
    """Check whether content of ``space`` is the state's; content of no space is."""
    return space is None or space.kind == SpaceKind.STATE


def space_of_content(subject: Model) -> Space | None:
    """Return the space that ``subject`` (a page or a row with a space) belongs to, asked once per object."""
    if not isinstance(subject, Page):
        return getattr(subject, "space", None)
    place = subject if subject.path else getattr(subject, "intended_parent", None)
    if place is None:
        return None
    known = subject.__dict__.get(_SPACE_CACHE)
    if known is None or known[0] != place.path:
        known = subject.__dict__[_SPACE_CACHE] = (place.path, space_of(place))
    found: Space | None = known[1]
    return found


def may_point_at(model: type[Model], spaces: Collection[Space]) -> Q:
    """Return the condition on the rows of ``model`` that content of ``spaces`` may name; none if unknown."""
    if issubclass(model, Page):
        return own_pages(list(spaces)) | Q(pk__in=filter_public(Page.objects.all()))
    if model in _without_space:
        return ~Q(pk__in=[])
    return own_or_shared_rows(list(spaces)) if has_space(model) else Q(pk__in=[])


def allowed_keys(
    model: type[Model], keys: Iterable[int], space: Space | None, user: User | AnonymousUser | None = None
) -> set[int]:
    """Return those of ``keys`` that exist and that content of ``space``, written by ``user``, may name."""
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=set(keys))
    if not is_of_the_state(space):
        rows = rows.filter(may_point_at(model, [space]))  # type: ignore[list-item]
    if user is not None and not sees_everything(user):
        rows = rows.filter(may_point_at(model, spaces_of(user)))
    return set(rows.values_list("pk", flat=True))


def counts_as_referrer(referrer: Model, file: Any) -> bool:
    """Check whether what refers to ``file`` may open or freeze it: its own space, or the state's."""
    return file.space_id is None or may_open(space_of_content(referrer), file)


def may_open(space: Space | None, file: Any) -> bool:
    """Check whether content of ``space`` may show ``file`` to the public."""
    return file.space_id is None or is_of_the_state(space) or space.pk == file.space_id  # type: ignore[union-attr]


class SpacePolicy:
    """What blocks ask about chosen objects (``blocks.choosers.ChoicePolicy``)."""

    def may_see(self, target: Model) -> bool:
        """Ask for the current visitor; outside of a request everything may be shown."""
        user = current_visitor()
        if user is None or sees_everything(user):
            return True
        if isinstance(target, Page) or not has_space(type(target)):
            rows = type(target)._default_manager.filter(pk=target.pk)
            return rows.filter(may_point_at(type(target), spaces_of(user))).exists()
        own = {None, *(space.pk for space in spaces_of(user))}
        return target.space_id in own  # type: ignore[attr-defined]

    def may_show(self, target: Model, page: Any) -> bool:
        """Ask about the page that shows a file."""
        if getattr(target, "space_id", None) is None:
            return True
        return isinstance(page, Page) and counts_as_referrer(page, target)
