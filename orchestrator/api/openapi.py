"""Describes the request bodies that endpoints read by themselves, so that the OpenAPI document is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

_TEMPLATE = "#/components/schemas/{model}"


class _Schema(dict[str, Any]):
    """A schema that points at those of `model`, by which `describe` finds them."""

    def __init__(self, schema: dict[str, Any], *, model: type[BaseModel]) -> None:
        super().__init__(schema)
        self.model = model


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return a pointer to the schema of `model`."""
    return _Schema({"$ref": _TEMPLATE.format(model=model.__name__)}, model=model)


def reads(model: type[BaseModel]) -> dict[str, Any]:
    """Return what an endpoint that reads `model` from its body adds to its description."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema_of(model)}}}}


def submits(model: type[BaseModel], file: str) -> dict[str, Any]:
    """Return what an endpoint adds that reads a form: the fields of `model`, and the field `file`."""
    schema = _Schema(model.model_json_schema(ref_template=_TEMPLATE), model=model)
    # Those lie among the components; and `model` admits no other fields, so that the file cannot be told beside it.
    schema.pop("$defs", None)
    schema["properties"] = {file: {"type": "string", "format": "binary"}, **schema["properties"]}
    schema["required"] = [file, *schema.get("required", ())]
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def events_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the description of a stream of events, each of which bears a `model` as JSON, but for the last, which says `[DONE]`.

    The form is OpenAPI 3.2's, as FastAPI writes it too: older ones have no word for what an event holds.
    """
    bears = {"contentMediaType": "application/json", "contentSchema": schema_of(model)}
    data = {"type": "string", "if": {"not": {"const": "[DONE]"}}, "then": bears}
    return {"itemSchema": {"type": "object", "properties": {"data": data}, "required": ["data"]}}


def describe(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Make `app.openapi()` hold the schemas too that the endpoints of these routers point at."""
    plain = app.openapi
    routes = (route for router in routers for route in router.routes if isinstance(route, APIRoute))
    models = dict.fromkeys(model for route in routes for model in _pointed_at([route.openapi_extra, route.responses]))

    def described() -> dict[str, Any]:
        """Return the document, made once."""
        if app.openapi_schema is None:
            document = plain()
            _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=_TEMPLATE)
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas.update({name: _closed(schema) for name, schema in definitions["$defs"].items() if name not in schemas})
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def _pointed_at(description: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  (JSON)
    if isinstance(description, _Schema):
        yield description.model
    elif isinstance(description, dict | list):
        for part in description.values() if isinstance(description, dict) else description:
            yield from _pointed_at(part)


def _closed(schema: Any) -> Any:  # noqa: ANN401  (JSON)
    """Return the schema with every map of patterned keys closed to other keys: pydantic refuses them and forgets to say so."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    return {"additionalProperties": False, **closed} if "patternProperties" in closed else closed
