"""Declarative policies of admin addresses. Apps register those of their own addresses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from abierto.bad_requests.screening import LARGEST
from abierto.tenancy.access import RequestUser, scope

type RowFilter = Callable[[Any, RequestUser], QuerySet[Any]]
type ModelSource = Callable[[], type[Model]]


class Reach(StrEnum):
    """How an address is limited to the user's spaces."""

    STATE_ONLY = "state only"
    IDS_CHECKED = "ids checked"
    SCOPED_LIST = "ids checked, and the list holds rows in scope"
    NO_TENANT_DATA = "no tenant data"
    OWN_VIEW = "ids checked, and the view is ours and asks for the space itself"


@dataclass(frozen=True)
class RowSet:
    """The rows of one model that an id may refer to."""

    model: ModelSource
    narrow: RowFilter = scope
    #: Keywords instead of an id that refer to an object already checked, such as ``latest``.
    words: frozenset[str] = frozenset()

    def includes(self, values: Iterable[Any], user: RequestUser) -> bool:
        """Check that every value that can be a key is the key of a row within reach of ``user``."""
        model = self.model()
        keys = {key for value in values if (key := self.read(model, value)) is not None}
        if not keys:
            return True
        if any(isinstance(key, int) and abs(key) > LARGEST for key in keys):
            return False
        found = self.narrow(model._default_manager.filter(pk__in=keys), user)
        return found.order_by().values("pk").distinct().count() == len(keys)

    def read(self, model: type[Model], value: Any) -> Any:
        """Convert ``value`` to a primary key as Django would; None where Django would refuse it."""
        if value in self.words or value in ("", None):
            return None
        try:
            return model._meta.pk.to_python(value)
        except ValidationError:
            return None


#: For URL parameters and fields that do not refer to a row.
NOT_A_ROW: None = None

type OptionalRowSet = RowSet | None
type RequestCheck = Callable[[HttpRequest, dict[str, Any], RequestUser], bool]


@dataclass(frozen=True)
class AddressPolicy:
    """Policy of one address; parameters and fields not given here use the common ones."""

    reach: Reach
    ids: Mapping[str, OptionalRowSet] = field(default_factory=dict)
    fields: Mapping[str, OptionalRowSet] = field(default_factory=dict)
    #: For conditions beyond a single id, such as a model named in the address.
    check: RequestCheck | None = None

    def row_set_of(self, kwarg: str) -> OptionalRowSet:
        """Return the row set of the URL parameter ``kwarg``.

        Raises:
            KeyError: for a parameter without a row set.
        """
        return self.ids[kwarg] if kwarg in self.ids else COMMON_IDS[kwarg]


POLICIES: dict[str, AddressPolicy] = {}
COMMON_IDS: dict[str, OptionalRowSet] = {}
COMMON_FIELDS: dict[str, OptionalRowSet] = {}


def register_policies(policies: Mapping[str, AddressPolicy]) -> None:
    """Add policies by URL name.

    Raises:
        ImproperlyConfigured: for a name that has a policy already.
    """
    taken = sorted(POLICIES.keys() & policies.keys())
    if taken:
        raise ImproperlyConfigured(f"These admin addresses have a policy already: {', '.join(taken)}")
    POLICIES.update(policies)


def register_common_names(ids: Mapping[str, OptionalRowSet], fields: Mapping[str, OptionalRowSet]) -> None:
    """Set the row sets of common URL parameters and common query and form fields."""
    COMMON_IDS.update(ids)
    COMMON_FIELDS.update(fields)


def is_within_reach(request: HttpRequest, user: RequestUser) -> bool:
    """Check the address, ids, query and form of ``request`` against the scope of ``user``."""
    match = request.resolver_match
    policy = POLICIES.get(match.view_name) if match else None
    if match is None or policy is None or policy.reach is Reach.STATE_ONLY or match.args:
        return False
    if policy.reach is Reach.NO_TENANT_DATA:
        return True
    return (
        ids_are_within_reach(policy, match.kwargs, user)
        and fields_are_within_reach(policy, request, user)
        and (policy.check is None or policy.check(request, match.kwargs, user))
    )


def ids_are_within_reach(policy: AddressPolicy, kwargs: Mapping[str, Any], user: RequestUser) -> bool:
    """Check the URL parameters; one without a row set is refused."""
    for name, value in kwargs.items():
        try:
            rows = policy.row_set_of(name)
        except KeyError:
            return False
        if rows is None or value in rows.words:
            continue
        if rows.read(rows.model(), value) is None or not rows.includes([value], user):
            return False
    return True


def fields_are_within_reach(policy: AddressPolicy, request: HttpRequest, user: RequestUser) -> bool:
    """Check the ids in the query and the body of a request."""
    known = COMMON_FIELDS | dict(policy.fields)
    for name, values in read_submitted_values(request).items():
        rows = known.get(name)
        if rows is not None and not rows.includes(values, user):
            return False
    return True


def read_submitted_values(request: HttpRequest) -> dict[str, list[Any]]:
    """Return all values of the query, the form and a JSON body, by name."""
    sent: dict[str, list[Any]] = {}
    for source in (request.GET, request.POST):
        for name, values in source.lists():
            sent.setdefault(name, []).extend(values)
    for name, value in read_submitted_json(request).items():
        sent.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return sent


def read_submitted_json(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object in the body; empty if there is none."""
    if request.content_type != "application/json":
        return {}
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
