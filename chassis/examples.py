"""Examples made from schemas: what a request or an answer looks like, in words that a reader recognises.

A value is the schema's own (`const`, the first of an `enum`, its `examples`), or that of the field's name if it
may stand there, or the plainest that the schema allows. A test validates every one.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

Schema = Mapping[str, Any]

REQUEST_ID: Final = "018f0c1e-7b1a-7c3d-9a55-3f1d2b4c5e01"
_ID: Final = "018f0c1e-7b1a-7c3d-9a55-3f1d2b4c5e60"
_CASE: Final = "0b9c6b0e-55a1-5c3e-8a43-5b0d3c1f7a10"
_TIME: Final = "2026-11-22T09:15:30.250000Z"
EXAMPLES: Final[Mapping[str, Any]] = {
    "access_token": "eyJhbGciOiJFZERTQSJ9...",
    "account_name": "Demo",
    "action": "case.assigned",
    "address": "support.example.com/p/demo",
    "after": 0,
    "by_name": "Greta Lindqvist",
    "case": _CASE,
    "case_id": _CASE,
    "code": "case_unknown",
    "comment": "Quick and friendly, thank you.",
    "company_name": "Demo Ltd",
    "conversation_id": _CASE,
    "email": "ana@example.com",
    "expires_at": "2027-11-22T09:15:30Z",
    "first_name": "Ana",
    "greeting": "How can we help?",
    "hint": "dbk_Wq3x",
    "language": "en",
    "last_name": "Núñez",
    "limit": 20,
    "locale": "en-GB",
    "message": "There is no such case.",
    "minutes": 15,
    "name": "Greta Lindqvist",
    "number": 1001,
    "password": "correct horse battery staple",
    "portal_address": "support.example.com/p/demo",
    "preview": "My invoice shows the wrong address.",
    "question": "My invoice shows the wrong address.",
    "rate_per_minute": 120,
    "rating": 5,
    "scope": "cases:write",
    "secret": "w1cZ9lq3vXo6T0mJk2bPz8Yh4RfN7sGdEuAaBxCyQtU",
    "seconds": 900,
    "seq": 1099511627779,
    "state": "assigned",
    "subdomain": "demo",
    "text": "My invoice shows the wrong address.",
    "ticket": "eyJhbGciOiJFZERTQSJ9...",
    "time_zone": "Europe/Madrid",
    "title": "Wrong address on the invoice",
    "token": "AbCdEf0123456789",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
}
_DEEPEST: Final = 8


def example_of(schema: Schema, schemas: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value that the schema allows; `schemas` are the components it refers to."""
    if "$ref" in schema:
        inner = schemas[schema["$ref"].rpartition("/")[2]]
        return example_of(inner, schemas, name, depth + 1)
    if schema.get("default") == "":
        # What may stay empty is best left so.
        return ""
    for own in ("const", "example"):
        if own in schema:
            return schema[own]
    for several in ("examples", "enum"):
        if schema.get(several):
            return schema[several][0]
    if chosen := _chosen(schema):
        return example_of(chosen, schemas, name, depth + 1)
    return _by_type(schema, schemas, name, depth)


def _chosen(schema: Schema) -> Schema | None:
    """Of several forms the first that says something."""
    forms = [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]
    return next((form for form in forms if form.get("type") != "null"), None)


def _by_type(schema: Schema, schemas: Mapping[str, Any], name: str, depth: int) -> Any:
    match schema.get("type"):
        case "object":
            return _object(schema, schemas, name, depth)
        case "array":
            return _array(schema, schemas, name, depth)
        case "string":
            return _string(schema, name)
        case "integer" | "number":
            return _number(schema, name)
        case "boolean":
            return True
    return EXAMPLES.get(name)


def _object(schema: Schema, schemas: Mapping[str, Any], name: str, depth: int) -> dict[str, Any]:
    if "properties" not in schema:
        of = schema.get("additionalProperties")
        if name in ("details", "params") or not isinstance(of, Mapping) or depth > _DEEPEST:
            return {}
        return {"unassigned": example_of(of, schemas, "", depth + 1)}
    required = schema.get("required", [])
    return {
        key: example_of(inner, schemas, key, depth + 1)
        for key, inner in schema["properties"].items()
        if depth <= _DEEPEST or key in required
    }


def _array(schema: Schema, schemas: Mapping[str, Any], name: str, depth: int) -> list[Any]:
    if depth > _DEEPEST and not schema.get("minItems"):
        return []
    if "prefixItems" in schema:
        return [example_of(it, schemas, name, depth + 1) for it in schema["prefixItems"]]
    return [example_of(schema.get("items", {}), schemas, name.removesuffix("s"), depth + 1)]


def _string(schema: Schema, name: str) -> str:
    if schema.get("format") == "date-time":
        known = EXAMPLES.get(name)
        return known if isinstance(known, str) and known.endswith("Z") else _TIME
    plain = ("ana@example.com",) if schema.get("format") == "email" else ()
    if name == "id" or name.endswith(("_id", "_by")):
        plain = (_ID,)
    candidates = (
        EXAMPLES.get(name),
        *plain,
        "text",
        _ID,
        f"{0:012x}{_ID}",
        "en",
        "a.b",
        "a-b-0-0",
        "0" * 32,
        "s" * 43,
    )
    shortest = "x" * max(1, schema.get("minLength", 0))
    return next((it for it in candidates if isinstance(it, str) and _fits(schema, it)), shortest)


def _fits(schema: Schema, value: str) -> bool:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return False
    return re.search(schema.get("pattern", ""), value) is not None


def _number(schema: Schema, name: str) -> Any:
    known = EXAMPLES.get(name)
    least = schema.get(
        "minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema)
    )
    most = schema.get("maximum", schema.get("exclusiveMaximum", float("inf")))
    if isinstance(known, int) and least <= known <= most:
        return known
    plainest = max(least, 1) if max(least, 1) <= most else least
    return int(plainest) if schema["type"] == "integer" else plainest
