"""What each address of the admin may reach, as data. Apps register the policies of their own addresses."""

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
from abierto.tenancy.access import Person, scope

type Narrow = Callable[[Any, Person], QuerySet[Any]]
type ModelSource = Callable[[], type[Model]]


class Reach(StrEnum):
    """How an address keeps spaces apart."""

    STATE_ONLY = "state only"
    IDS_CHECKED = "ids checked"
    SCOPED_LIST = "ids checked, and the list holds rows in scope"
    NO_TENANT_DATA = "no tenant data"
    OWN_VIEW = "ids checked, and the view is ours and asks for the space itself"


@dataclass(frozen=True)
class RowSet:
    """The rows of one model that an id may name for a person."""

    model: ModelSource
    narrow: Narrow = scope
    #: Words that stand for a row of something checked already, such as ``latest``.
    words: frozenset[str] = frozenset()

    def includes(self, values: Iterable[Any], user: Person) -> bool:
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
        """Return the key that Django would read in ``value``; None where it would refuse it."""
        if value in self.words or value in ("", None):
            return None
        try:
            return model._meta.pk.to_python(value)
        except ValidationError:
            return None


#: For a part of an address or a field that names no row.
NOT_A_ROW: None = None

type Named = RowSet | None
type Check = Callable[[HttpRequest, dict[str, Any], Person], bool]


@dataclass(frozen=True)
class AddressPolicy:
    """What one address may reach; names that it does not give are looked up in the common tables."""

    reach: Reach
    ids: Mapping[str, Named] = field(default_factory=dict)
    fields: Mapping[str, Named] = field(default_factory=dict)
    #: For what one id alone does not tell, such as a model named in the address.
    check: Check | None = None

    def row_set_of(self, kwarg: str) -> Named:
        """Return the rows that ``kwarg`` of the address may name.

        Raises:
            KeyError: for a path part without a row set.
        """
        return self.ids[kwarg] if kwarg in self.ids else COMMON_IDS[kwarg]


POLICIES: dict[str, AddressPolicy] = {}
COMMON_IDS: dict[str, Named] = {}
COMMON_FIELDS: dict[str, Named] = {}


def register_policies(policies: Mapping[str, AddressPolicy]) -> None:
    """Classify the addresses of these names.

    Raises:
        ImproperlyConfigured: for a name that has a policy already.
    """
    taken = sorted(POLICIES.keys() & policies.keys())
    if taken:
        raise ImproperlyConfigured(f"These admin addresses have a policy already: {', '.join(taken)}")
    POLICIES.update(policies)


def register_common_names(ids: Mapping[str, Named], fields: Mapping[str, Named]) -> None:
    """Say what the usual parts of addresses and the usual fields of forms and queries name."""
    COMMON_IDS.update(ids)
    COMMON_FIELDS.update(fields)


def is_within_reach(request: HttpRequest, user: Person) -> bool:
    """Check the address of ``request``, its ids, its query and its form against the scope of ``user``."""
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


def ids_are_within_reach(policy: AddressPolicy, kwargs: Mapping[str, Any], user: Person) -> bool:
    """Check the ids in an address; an unclassified part counts as out of reach."""
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


def fields_are_within_reach(policy: AddressPolicy, request: HttpRequest, user: Person) -> bool:
    """Check the ids in the query and the form of a request."""
    known = COMMON_FIELDS | dict(policy.fields)
    for name, values in sent_values(request).items():
        rows = known.get(name)
        if rows is not None and not rows.includes(values, user):
            return False
    return True


def sent_values(request: HttpRequest) -> dict[str, list[Any]]:
    """Return every value of the query, the form and the JSON object that came with a request."""
    sent: dict[str, list[Any]] = {}
    for source in (request.GET, request.POST):
        for name, values in source.lists():
            sent.setdefault(name, []).extend(values)
    for name, value in sent_json(request).items():
        sent.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return sent


def sent_json(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object in the body of a request; empty where there is none."""
    if request.content_type != "application/json":
        return {}
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
