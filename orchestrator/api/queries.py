"""Requests that stand in the query of a GET, read as the same models as bodies. Knows no endpoint."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.requests import Request

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError
from orchestrator.api.dependencies import LENIENT_HEADER
from orchestrator.api.faults import validated

Model = TypeVar("Model", bound=BaseModel)

_MOST_FIELDS, _LONGEST = 32, 4096
_TOO_LONG = Bilingual("The query is too long.", "الاستعلام أطول من المسموح.")
_TWICE = Bilingual("A field stands in the query twice.", "تكرر حقل في الاستعلام.")


def query_as(model: type[Model], request: Request) -> Model:
    """Return the query as `model`; numbers are read as JSON writes them. Raises an InvalidRequestError that names what is wrong."""
    if len(request.scope.get("query_string", b"")) > _LONGEST:
        raise TooLargeError(_TOO_LONG)
    given = request.query_params.multi_items()
    names = [name for name, _ in given]
    if len(set(names)) < len(names) or len(names) > _MOST_FIELDS:
        raise UnprocessableError(_TWICE)
    fields = model.model_fields
    data = {name: _read(fields.get(name), value) for name, value in given}
    return validated(model, data, lenient=request.headers.get(LENIENT_HEADER) == "true")


def parameters_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return what an endpoint that reads `model` from its query adds to its description."""
    schema = model.model_json_schema()
    required = schema.get("required", [])
    return {
        "parameters": [
            {"name": name, "in": "query", "required": name in required, "schema": _inlined(part, schema.get("$defs", {}))}
            for name, part in schema["properties"].items()
        ]
    }


def _read(field: FieldInfo | None, value: str) -> object:
    kinds = str(field.annotation) if field else ""
    for kind, read in (("int", int), ("float", float)):
        if kind in kinds:
            try:
                return read(value)
            except ValueError:
                return value
    return value


def _inlined(part: Any, known: dict[str, Any]) -> Any:  # noqa: ANN401  (a JSON schema)
    if isinstance(part, dict):
        if "$ref" in part:
            return _inlined(known[part["$ref"].rpartition("/")[2]], known)
        return {name: _inlined(value, known) for name, value in part.items()}
    return [_inlined(item, known) for item in part] if isinstance(part, list) else part
