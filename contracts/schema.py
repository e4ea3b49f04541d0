"""Schemas of messages as they stand on the wire, and what makes a difference between two of them breaking."""

import copy
from collections.abc import Iterator
from typing import Any

from contracts.envelope import Message
from contracts.topics import TOPICS, Topic

Schema = dict[str, Any]

_BOX: Schema = {
    "type": "object",
    "description": "The personal fields as one AES-256-GCM box. Associated data: message id, a line feed, type.",
    "properties": {
        "key": {"type": "string", "description": "Id of the data key, on the topic data-keys."},
        "box": {
            "type": "string",
            "contentEncoding": "base64",
            "description": "Nonce (12 bytes) and ciphertext.",
        },
    },
    "required": ["key", "box"],
}


def wire_schema(message: type[Message]) -> Schema:
    """JSON Schema (2020-12) of a message on the wire: personal fields stand in `sealed`, described by `x-sealed`."""
    whole = copy.deepcopy(message.model_json_schema())
    personal = sorted(message.personal_fields())
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    whole["required"] = sorted({*whole.get("required", ()), "type", "version"} - set(personal))
    if personal:
        content = {name: whole["properties"].pop(name) for name in personal}
        whole["properties"]["sealed"] = _BOX
        whole["required"].append("sealed")
        whole["x-sealed"] = {"type": "object", "properties": content, "required": personal}
    return whole


def topic_facts(topic: Topic) -> Schema:
    """What of a topic may not change once it holds records."""
    return {
        "key": topic.key,
        "partitions": topic.partitions,
        "compacted": topic.compacted,
        "messages": sorted(message.type_name() for message in topic.messages),
    }


def all_facts() -> dict[str, Schema]:
    """Every topic's facts by name."""
    return {topic.name: topic_facts(topic) for topic in TOPICS}


def breaking_topics(old: dict[str, Schema], new: dict[str, Schema]) -> Iterator[str]:
    """What a change of the registry would break for records and readers that are there already."""
    for name, was in old.items():
        now = new.get(name)
        if now is None:
            yield f"topic {name} is gone"
            continue
        for fact in ("key", "partitions", "compacted"):
            if was[fact] != now[fact]:
                yield f"topic {name}: {fact} was {was[fact]!r} and is {now[fact]!r}"
        for gone in sorted(set(was["messages"]) - set(now["messages"])):
            yield f"topic {name} no longer carries {gone}"


def breaking_schemas(old: Schema, new: Schema, at: str = "") -> Iterator[str]:
    """What a neighbouring version could not read, in either direction: both run side by side.

    Addition of an optional field passes. A field that is gone, newly required or of another type does
    not, nor does a new value of a closed set: the version before would refuse it.
    """
    if "$defs" in old or "$defs" in new:
        yield from _breaking_definitions(old.get("$defs", {}), new.get("$defs", {}))
    for part in ("x-sealed", "items"):
        if isinstance(old.get(part), dict):
            yield from breaking_schemas(old[part], new.get(part, {}), f"{at}/{part}")
    for fact in ("type", "enum", "const", "$ref", "pattern", "format"):
        if old.get(fact) != new.get(fact):
            yield f"{at or '/'}: {fact} was {old.get(fact)!r} and is {new.get(fact)!r}"
    yield from _breaking_fields(old, new, at)
    yield from _breaking_choices(old.get("anyOf", []), new.get("anyOf", []), at)


def _breaking_definitions(old: Schema, new: Schema) -> Iterator[str]:
    for name, was in old.items():
        if name in new:
            yield from breaking_schemas(was, new[name], f"/{name}")


def _breaking_fields(old: Schema, new: Schema, at: str) -> Iterator[str]:
    was, now = old.get("properties", {}), new.get("properties", {})
    for name, schema in was.items():
        if name not in now:
            yield f"{at}/{name} is gone"
        else:
            yield from breaking_schemas(schema, now[name], f"{at}/{name}")
    for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
        yield f"{at}/{name} is newly required"


def _breaking_choices(old: list[Schema], new: list[Schema], at: str) -> Iterator[str]:
    if len(old) != len(new):
        yield f"{at}: {len(old)} alternatives became {len(new)}"
        return
    for was, now in zip(old, new, strict=True):
        yield from breaking_schemas(was, now, at)
