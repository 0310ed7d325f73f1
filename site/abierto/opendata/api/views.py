"""The operations of the API: a list and a record for each resource."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page

from abierto.addresses import absolute_url
from abierto.approval.overrides.public_withdrawals import PublicWithdrawal, find_public_withdrawal
from abierto.opendata import licence
from abierto.opendata.csv_files import iterate_csv
from abierto.opendata.fields import Record, json_value
from abierto.opendata.registry import RESOURCES
from abierto.opendata.resource import HASH, Resource
from abierto.tenancy.tree_paths import branch_paths
from abierto.tenancy.visibility import restrictions_of

from .queries import DEFAULT_LENGTH, BadParameter, ListParameters, find_hidden, find_row, read_slice
from .responses import CSV, JSON, JSON_LD, refuse, write_json

SCHEMA_ORG = "https://schema.org/"
#: Fields with a term of schema.org; all others use the portal's data dictionary as their vocabulary.
TERMS = {
    "title": "name",
    "name": "name",
    "summary": "description",
    "url": "url",
    "modified": "dateModified",
    "published": "datePublished",
    "source_name": "isBasedOn",
    "place": "location",
    "starts_at": "startDate",
    "ends_at": "endDate",
    "acronym": "alternateName",
    "website": "sameAs",
    "case_number": "identifier",
    "decision": "abstract",
}
MOMENTS = ("dateModified", "datePublished", "startDate", "endDate")


def describe_context(resource: Resource) -> dict[str, Any]:
    """Return the JSON-LD context, which maps each field to schema.org or to its row of the dictionary."""
    own = absolute_url(f"{reverse('opendata_pages:dictionary')}#{resource.name}-")
    terms: dict[str, Any] = {"@vocab": own, "schema": SCHEMA_ORG, "id": None, "hash": f"{own}hash"}
    for name, term in TERMS.items():
        target = f"{SCHEMA_ORG}{term}"
        is_moment = term in MOMENTS
        terms[name] = {"@id": target, "@type": f"{SCHEMA_ORG}DateTime"} if is_moment else target
    return terms | {"url": {"@id": f"{SCHEMA_ORG}url", "@type": "@id"}}


def describe_record(resource: Resource, record: Record) -> dict[str, Any]:
    """Return a record as a JSON-LD node; its address in the API is its ``@id``."""
    own = absolute_url(reverse(f"api:show_{resource.name}", args=[record["id"]]))
    known = {name: value for name, value in json_value(record).items() if value not in (None, "", [])}
    return {"@id": own, "@type": f"{SCHEMA_ORG}{resource.schema_type}", **known}


def find_withdrawal(hidden: Any) -> PublicWithdrawal | None:
    """Return the withdrawal of a row that is not public; None for a row that never was, and for no row.

    A page below a withdrawn page was withdrawn with it, if it was public itself.
    """
    if hidden is None:
        return None
    if not isinstance(hidden, Page):
        return None if hidden.live else find_public_withdrawal(hidden)
    if restrictions_of(hidden).exists():
        return None
    closed = Page.objects.filter(path__in=branch_paths(hidden.path), live=False).order_by("path")
    found = [find_public_withdrawal(page) for page in closed]
    # If a page above was only a draft, the pages below it never were public.
    return found[-1] if found and None not in found else None


FORMATS = {"json": JSON, "csv": CSV, "jsonld": JSON_LD}
FINGERPRINTS = "huellas"
FINGERPRINT_FIELDS = ("id", "modified", HASH.name)


def choose_format(request: HttpRequest, wanted: str | None) -> str:
    """Return the format of the parameter, else that of the ``Accept`` header, else JSON."""
    if wanted:
        return wanted
    # A browser prefers HTML, which is none of them, so it gets JSON.
    preferred = request.get_preferred_type([JSON, "text/csv", JSON_LD])
    return {"text/csv": "csv", JSON_LD: "jsonld"}.get(preferred or JSON, "json")


def answer_list(resource: Resource, request: HttpRequest, query: Any) -> HttpResponse:
    """Return a slice of the list; ``query`` has the parameters that ninja validated."""
    wanted = ListParameters(
        length=query.limite or DEFAULT_LENGTH,
        cursor=query.cursor or "",
        modified_since=query.modified_since or "",
        filters={name: value for name in resource.filters if (value := getattr(query, name))},
    )
    try:
        part = read_slice(resource, wanted, request)
    except BadParameter as error:
        return refuse(400, error.sentence, error.name)
    following = write_next_url(resource, query, part.next_cursor)
    only_fingerprints = query.solo == FINGERPRINTS
    chosen = choose_format(request, query.formato)
    if chosen == "csv":
        names = FINGERPRINT_FIELDS if only_fingerprints else None
        response = write_csv(resource, part.records, names)
    else:
        response = _write_list(resource, part.records, following, chosen, only_fingerprints)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _write_list(
    resource: Resource, records: list[Record], following: str, chosen: str, only_fingerprints: bool
) -> HttpResponse:
    if only_fingerprints:
        records = [{name: record.get(name) for name in FINGERPRINT_FIELDS} for record in records]
    elif chosen == "jsonld":
        graph = [describe_record(resource, record) for record in records]
        return write_json(
            {"@context": describe_context(resource), "@graph": graph, "license": licence.URL},
            content_type=JSON_LD,
        )
    data = {"data": json_value(records), "next": following or None, "license": licence.URL}
    return write_json(data)


def answer_record(resource: Resource, request: HttpRequest, record_id: str, query: Any) -> HttpResponse:
    """Return one record; 410 with the reason for a withdrawn one, 404 for any other."""
    row = find_row(resource, record_id)
    if row is None:
        return answer_missing(resource, record_id)
    chosen = choose_format(request, query.formato)
    if chosen == "csv":
        return write_csv(resource, resource.serialise([row], request))
    record = resource.serialise_one(row, request)
    if chosen == "jsonld":
        described = {"@context": describe_context(resource), **describe_record(resource, record)}
        return write_json(described, content_type=JSON_LD)
    return write_json(json_value(record))


def answer_missing(resource: Resource, record_id: str) -> HttpResponse:
    """Return 410 with the reason for a withdrawn record, 404 for drafts and unknown ids."""
    withdrawal = find_withdrawal(find_hidden(resource, record_id))
    if withdrawal is None:
        return refuse(404, "No hay un registro público con este identificador.")
    facts = {"withdrawn_on": withdrawal.day.isoformat(), "reason": withdrawal.reason}
    return refuse(410, "Fue público y se retiró.", **facts)


def write_csv(
    resource: Resource, records: list[Record], names: tuple[str, ...] | None = None
) -> HttpResponse:
    """Return records as CSV for programs, with all columns or only ``names``."""
    fields = [field for field in resource.table_fields if names is None or field.name in names]
    return HttpResponse("".join(iterate_csv(fields, records)), content_type=CSV)


def write_next_url(resource: Resource, query: Any, cursor: str) -> str:
    """Return the address of the next slice with the same parameters; empty at the end."""
    if not cursor:
        return ""
    given = {name: value for name, value in query.dict().items() if value not in (None, "")}
    return f"{list_url(resource)}?{urlencode(given | {'cursor': cursor})}"


def list_url(resource: Resource) -> str:
    """Return the full address of the list of a resource."""
    return absolute_url(reverse(f"api:list_{resource.name}"))


def list_resources(request: HttpRequest) -> HttpResponse:
    """List the resources with their addresses, and the address of the OpenAPI document."""
    resources = [
        {"name": resource.title, "description": resource.description, "url": list_url(resource)}
        for resource in RESOURCES.values()
    ]
    document = absolute_url(reverse("api:openapi-json"))
    return write_json({"resources": resources, "openapi": document, "license": licence.URL})


def make_list_view(resource: Resource) -> Callable[..., HttpResponse]:
    """Return the view of a list; the caller annotates its ``query`` for ninja."""

    def list_records(request: HttpRequest, query: Any) -> HttpResponse:
        return answer_list(resource, request, query)

    return list_records


def make_record_view(resource: Resource) -> Callable[..., HttpResponse]:
    """Return the view of one record; the caller annotates its parameters for ninja."""

    def show_record(request: HttpRequest, record_id: str, query: Any) -> HttpResponse:
        return answer_record(resource, request, record_id, query)

    return show_record
