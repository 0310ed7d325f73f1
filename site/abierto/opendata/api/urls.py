"""The addresses of the API, ``/api/v1/``, and its OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from pydantic import create_model

from abierto.opendata import licence
from abierto.opendata.registry import RESOURCES
from abierto.opendata.resource import Resource

from .responses import open_to_all, refuse
from .schema import build_schemas, list_answers, record_answers
from .views import FINGERPRINTS, FORMATS, list_resources, make_list_view, make_record_view

VERSION = "1"
#: The URL name of ninja's root, which this module replaces.
START = "api-root"
DESCRIPTION = (
    "Todo lo que el portal publica, y solo eso. Los textos están en español. La política de cambios y las "
    "explicaciones para personas están en /datos/."
)

Format = Annotated[
    Literal[*FORMATS] | None,  # type: ignore[valid-type]
    Field(description="json, csv o jsonld. Sin él decide el encabezado Accept."),
]


class RecordQuery(Schema):
    """The query parameters of a record."""

    formato: Format = None


class ListQuery(RecordQuery):
    """The query parameters of every list, without the filters of its resource."""

    limite: Annotated[int | None, Field(ge=1, le=500, description="Cuántos registros.")] = None
    cursor: Annotated[str | None, Field(description="De dónde seguir: viene en «next».")] = None
    modified_since: Annotated[
        str | None, Field(description="Solo lo que cambió desde esta fecha, por ejemplo 2026-01-31.")
    ] = None
    solo: Annotated[
        Literal[FINGERPRINTS] | None,  # type: ignore[valid-type]
        Field(description="huellas: solo id, modified y hash, para saber qué cambió sin bajarlo."),
    ] = None


def build_query(resource: Resource) -> type[ListQuery]:
    """Return the query parameters of the list of a resource, with its filters."""
    filters: dict[str, Any] = {
        name: (Annotated[str | None, Field(description=text)], None)
        for name, text in resource.filters.items()
    }
    return create_model(f"{resource.name}_query", __base__=ListQuery, **filters)


def add_resource(api: NinjaAPI, resource: Resource) -> None:
    """Add the operations of the list and the record of a resource to the API."""
    list_view, record_view = make_list_view(resource), make_record_view(resource)
    list_view.__annotations__["query"] = Annotated[build_query(resource), Query(...)]
    record_view.__annotations__ |= {
        "query": Annotated[RecordQuery, Query(...)],
        "record_id": Annotated[str, Path(...)],
    }
    api.get(
        f"/{resource.slug}/",
        tags=[resource.title],
        url_name=f"list_{resource.name}",
        operation_id=f"list_{resource.name}",
        summary=resource.title,
        description=resource.description,
        openapi_extra={"responses": list_answers(resource)},
    )(list_view)
    api.get(
        f"/{resource.slug}/{{record_id}}/",
        tags=[resource.title],
        url_name=f"show_{resource.name}",
        operation_id=f"show_{resource.name}",
        summary=f"{resource.title}: un registro",
        openapi_extra={"responses": record_answers(resource)},
    )(record_view)


def refuse_parameters(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Return ninja's validation error as 400 with a Spanish sentence about the parameter."""
    name = str(error.errors[0]["loc"][-1]) if isinstance(error, ValidationError) else ""
    sentences = {
        "formato": f"El formato es uno de estos: {', '.join(FORMATS)}.",
        "limite": "El límite es un número entero, de 1 a 500.",
        "solo": f"El parámetro «solo» toma un valor: {FINGERPRINTS}.",
    }
    return refuse(400, sentences.get(name, f"El parámetro «{name}» no se entiende."), name)


class DataAPI(NinjaAPI):
    """An API whose OpenAPI schemas come from the data dictionary instead of response models."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Return the document; the models of the parameters, which its operations describe, are left out."""
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["components"] = {"schemas": build_schemas()}
        return schema


def build_api() -> NinjaAPI:
    """Return the API with all resources."""
    api = DataAPI(
        title="Datos abiertos",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        urls_namespace="api",
        openapi_extra={
            "info": {"license": {"name": licence.NAME, "url": licence.URL}},
        },
    )
    for resource in RESOURCES.values():
        add_resource(api, resource)
    api.add_exception_handler(ValidationError, refuse_parameters)
    return api


def open_patterns(patterns: list[Any]) -> list[URLPattern]:
    """Return the URL patterns with ``open_to_all`` around each view, and a root that lists the resources."""
    found = [pattern for pattern in patterns if pattern.name != START]
    found.append(path("", list_resources, name=START))
    for pattern in found:
        pattern.callback = open_to_all(pattern.callback)
    return found


api = build_api()
app_name = "api"
urlpatterns = open_patterns(api.urls[0])
