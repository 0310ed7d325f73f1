"""The schemas of the records and the responses in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from abierto.opendata.fields import object_schema
from abierto.opendata.registry import RESOURCES
from abierto.opendata.resource import Resource

REF = "#/components/schemas/"
ERROR = {
    "type": "object",
    "properties": {
        "error": {"type": "string", "description": "Qué pasó y qué hacer, en una frase."},
        "parameter": {"type": "string", "description": "El parámetro que hay que corregir."},
        "withdrawn_on": {"type": "string", "format": "date", "description": "El día en que se retiró."},
        "reason": {"type": "string", "description": "Por qué se retiró."},
    },
    "required": ["error"],
    "additionalProperties": False,
}
FINGERPRINT = {
    "type": "object",
    "properties": {
        "id": {"type": ["string", "integer"]},
        "modified": {"type": ["string", "null"], "format": "date-time"},
        "hash": {"type": "string"},
    },
    "required": ["id", "modified", "hash"],
    "additionalProperties": False,
}


def describe_answer(text: str, schema: dict[str, Any], *, with_csv: bool = True) -> dict[str, Any]:
    """Return the OpenAPI description of a response in each of its formats."""
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if with_csv:
        content["text/csv"] = {"schema": {"type": "string"}}
        content["application/ld+json"] = {"schema": {"type": "object"}}
    return {"description": text, "content": content}


def describe_error(text: str) -> dict[str, Any]:
    """Return the OpenAPI description of an error response."""
    return describe_answer(text, {"$ref": f"{REF}error"}, with_csv=False)


COMMON_ANSWERS = {
    "304": {"description": "No cambió desde la respuesta cuyo ETag se mandó en If-None-Match."},
    "400": describe_error("Un parámetro no se entiende."),
    "429": describe_error("Demasiadas peticiones en un minuto."),
}


def list_answers(resource: Resource) -> dict[str, Any]:
    """Return the OpenAPI responses of the list of a resource, by status."""
    item = {"anyOf": [{"$ref": f"{REF}{resource.name}"}, {"$ref": f"{REF}fingerprint"}]}
    envelope = {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": item},
            "next": {"type": ["string", "null"], "description": "La dirección de lo que sigue."},
            "license": {"type": "string"},
        },
        "required": ["data", "next", "license"],
        "additionalProperties": False,
    }
    return {"200": describe_answer("Una parte de la lista.", envelope), **COMMON_ANSWERS}


def record_answers(resource: Resource) -> dict[str, Any]:
    """Return the OpenAPI responses of one record, by status."""
    return {
        "200": describe_answer("El registro.", {"$ref": f"{REF}{resource.name}"}),
        "404": describe_error("No hay un registro público con este identificador."),
        "410": describe_error("Fue público y se retiró."),
        **COMMON_ANSWERS,
    }


def build_schemas() -> dict[str, Any]:
    """Return the component schemas: the record of each resource, the error and the fingerprint."""
    records = {resource.name: object_schema(resource.fields) for resource in RESOURCES.values()}
    titles = {resource.name: resource.title for resource in RESOURCES.values()}
    described = {name: schema | {"title": titles[name]} for name, schema in records.items()}
    return described | {"error": ERROR, "fingerprint": FINGERPRINT}
