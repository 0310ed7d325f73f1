"""Policy for references in content: objects of its own space, shared ones and public pages.

The rule applies twice: to the space of the content and to its author. Content of the state or without a space
may refer to anything; so may the state team.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page

from abierto.accounts.models import User

from .access import has_space, own_or_shared_rows, own_pages, own_people, sees_everything, space_of, spaces_of
from .current_user import current_visitor
from .enums import SpaceKind
from .isolation.sharing import shared_version_for
from .models import Space
from .visibility import filter_public

_SPACE_CACHE = "_abierto_space"

_without_space: set[type[Model]] = set()


def register_spaceless_models(*models: type[Model]) -> None:
    """Allow content of every space to refer to rows of these models, which have no space."""
    _without_space.update(models)


def belongs_to_state(space: Space | None) -> bool:
    """Check that content of ``space`` belongs to the state; content without a space does."""
    return space is None or space.kind == SpaceKind.STATE


def space_of_content(subject: Model) -> Space | None:
    """Return the space of a page or a row, cached on the object until it moves."""
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


def referable_condition(model: type[Model], spaces: Collection[Space]) -> Q:
    """Return the condition for rows of ``model`` that content of ``spaces`` may refer to."""
    if issubclass(model, Page):
        return own_pages(list(spaces)) | Q(pk__in=filter_public(Page.objects.all()))
    if model is User:
        return Q(pk__in=User.objects.filter(own_people(list(spaces))))
    if model in _without_space:
        return ~Q(pk__in=[])
    return own_or_shared_rows(list(spaces)) if has_space(model) else Q(pk__in=[])


def allowed_keys(
    model: type[Model], keys: Iterable[int], space: Space | None, user: User | AnonymousUser | None = None
) -> set[int]:
    """Return the existing ``keys`` that content of ``space``, written by ``user``, may refer to."""
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=set(keys))
    if not belongs_to_state(space):
        rows = rows.filter(referable_condition(model, [space]))  # type: ignore[list-item]
    if user is not None and not sees_everything(user):
        rows = rows.filter(referable_condition(model, spaces_of(user)))
    return set(rows.values_list("pk", flat=True))


def counts_as_referrer(referrer: Model, file: Any) -> bool:
    """Check that ``referrer`` may publish or freeze ``file``: content of the same space or the state's."""
    return file.space_id is None or may_open(space_of_content(referrer), file)


def may_open(space: Space | None, file: Any) -> bool:
    """Check that content of ``space`` may show ``file`` to the public."""
    return file.space_id is None or belongs_to_state(space) or space.pk == file.space_id  # type: ignore[union-attr]


class SpaceChoicePolicy:
    """The tenancy rule for chosen objects in blocks (``blocks.choosers.ChoicePolicy``)."""

    def may_see(self, target: Model) -> bool:
        """Check for the current visitor; outside a request everything may be shown."""
        user = current_visitor()
        if user is None or sees_everything(user):
            return True
        if isinstance(target, Page) or not has_space(type(target)):
            rows = type(target)._default_manager.filter(pk=target.pk)
            return rows.filter(referable_condition(type(target), spaces_of(user))).exists()
        own = {None, *(space.pk for space in spaces_of(user))}
        if target.space_id in own:  # type: ignore[attr-defined]
            return True
        shared = shared_version_for(user)
        return shared is not None and shared.includes_file(target)

    def may_show(self, target: Model, page: Any) -> bool:
        """Check that ``page`` may show the file ``target``."""
        if getattr(target, "space_id", None) is None:
            return True
        return isinstance(page, Page) and counts_as_referrer(page, target)
