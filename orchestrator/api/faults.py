"""What pydantic found wrong with a request, as one error of ours that names the field in both languages and never its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from orchestrator.api.body import Json, field_name
from orchestrator.api.schemas.base import BRANCH

Model = TypeVar("Model", bound=BaseModel)

# Only bounds and lists of our own stand in the braces: they come from the schema, not from the client.
_WORDINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("is required", "مطلوب"),
    "string_type": ("must be a string", "يجب أن يكون نصًا"),
    "string_pattern_mismatch": ("is not written in the form that is asked for", "ليس مكتوبًا بالصيغة المطلوبة"),
    "int_type": ("must be an integer", "يجب أن يكون عددًا صحيحًا"),
    "float_type": ("must be a number", "يجب أن يكون عددًا"),
    "bool_type": ("must be true or false", "يجب أن يكون true أو false"),
    "list_type": ("must be a list", "يجب أن يكون قائمة"),
    "dict_type": ("must be an object", "يجب أن يكون كائنًا"),
    "model_type": ("must be an object", "يجب أن يكون كائنًا"),
    "none_required": ("must be null", "يجب أن يكون null"),
    "greater_than": ("must be greater than {gt}", "يجب أن يكون أكبر من {gt}"),
    "greater_than_equal": ("must be at least {ge}", "يجب ألا يقل عن {ge}"),
    "less_than_equal": ("must be at most {le}", "يجب ألا يزيد على {le}"),
    "too_short": ("must hold at least {min_length} items", "يجب ألا يقل عدد عناصره عن {min_length}"),
    "too_long": ("must hold at most {max_length} items", "يجب ألا يزيد عدد عناصره على {max_length}"),
    "string_too_short": ("must be at least {min_length} characters long", "يجب ألا يقل طوله عن {min_length} محرف"),
    "string_too_long": ("must be at most {max_length} characters long", "يجب ألا يزيد طوله على {max_length} محرف"),
    "literal_error": ("must be one of: {expected}", "يجب أن يكون واحدًا من: {expected}"),
    "union_tag_invalid": ("must be one of: {expected_tags}", "يجب أن يكون واحدًا من: {expected_tags}"),
    "union_tag_not_found": ("is not one of the forms that are read", "ليس من الصيغ المقبولة"),
}
_OTHERWISE = ("is not valid", "غير صالح")
_UNKNOWN = "extra_forbidden"
_NAMED = 10


def validated(model: type[Model], data: Json, *, lenient: bool = False) -> Model:
    """Return `data` as `model`. Raises UnprocessableError naming the first wrong field, and the unknown ones before it.

    When `lenient`, unknown fields are left out of `data` instead.
    """
    try:
        return model.model_validate(data)
    except ValidationError as wrong:
        faults = wrong.errors(include_input=False, include_url=False)
    unknown = [fault["loc"] for fault in faults if fault["type"] == _UNKNOWN]
    if not (unknown and lenient):
        raise _as_ours(faults)
    for location in unknown:
        _leave_out(data, location)
    return validated(model, data)


def _as_ours(faults: Sequence[ErrorDetails]) -> UnprocessableError:
    unknown = [_name(fault["loc"]) for fault in faults if fault["type"] == _UNKNOWN]
    if unknown:
        names = ", ".join(unknown[:_NAMED])
        return UnprocessableError(Bilingual(f"Unknown fields: {names}.", f"حقول غير معروفة: {names}."), param=unknown[0])
    fault = faults[0]
    param = _name(fault["loc"])
    en, ar = _WORDINGS.get(fault["type"], _OTHERWISE)
    bounds = {name: str(bound).replace(BRANCH, "") for name, bound in fault.get("ctx", {}).items()}
    return UnprocessableError(Bilingual(f"{param} {en.format_map(bounds)}.", f"{param} {ar.format_map(bounds)}."), param=param)


def _name(location: tuple[int | str, ...]) -> str:
    return field_name(_way(location)) or "body"


def _way(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Drop what pydantic adds to a location for the branches of unions and for keys."""
    return tuple(part for part in location if not (isinstance(part, str) and (part.startswith(BRANCH) or part == "[key]")))


def _leave_out(data: Json, location: tuple[int | str, ...]) -> None:
    *way, last = _way(location)
    place: Any = data
    for part in way:
        place = place[part]
    del place[last]
