"""Writes what is derived from the contracts: JSON Schemas, AsyncAPI 3, and the facts of topics.

`python -m contracts.generate` writes contracts/generated/ and refuses a breaking change: the committed
files are what running services were built from. `--check` writes nothing and fails if they are stale.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from contracts.envelope import Message
from contracts.schema import Schema, all_facts, breaking_schemas, breaking_topics, wire_schema
from contracts.topics import MESSAGES, TOPICS, Topic

ROOT = Path(__file__).parent
GENERATED = ROOT / "generated"
EXAMPLES = ROOT / "examples"


def generated_files() -> dict[str, str]:
    """Every derived file by its path below generated/."""
    files = {f"schemas/{name}.json": wire_schema(message) for name, message in MESSAGES.items()}
    documents = {**files, "topics.json": all_facts(), "asyncapi.json": asyncapi()}
    return {
        path: json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        for path, content in documents.items()
    }


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3 document of the whole bus."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Deskbus events",
            "version": "1.0.0",
            "description": "Every topic of Deskbus and every message on it. Contracts evolve by addition.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {
            name: operation for topic in TOPICS for name, operation in _operations(topic).items()
        },
        "components": {"messages": {name: _message(message) for name, message in MESSAGES.items()}},
    }


def _channel(topic: Topic) -> Schema:
    retention = (
        {}
        if topic.retention is None
        else {"retention.ms": int(topic.retention.total_seconds() * 1000)}
    )
    return {
        "address": topic.name,
        "description": topic.description,
        "messages": {
            m.type_name(): {"$ref": f"#/components/messages/{m.type_name()}"}
            for m in topic.messages
        },
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": ["compact" if topic.compacted else "delete"],
                    **(retention or {"retention.ms": -1}),
                },
            }
        },
        "x-owner": topic.owner,
        "x-key": topic.key,
        "x-consumers": list(topic.consumers),
        "x-dead-letters": topic.dead_letter_topic if topic.dead_letters else None,
    }


def _operations(topic: Topic) -> Schema:
    channel = {"channel": {"$ref": f"#/channels/{topic.name}"}}
    writers = (topic.owner, *topic.producers)
    sends = {f"{service}.send.{topic.name}": {"action": "send", **channel} for service in writers}
    receives = {
        f"{service}.receive.{topic.name}": {"action": "receive", **channel}
        for service in topic.consumers
    }
    return {**sends, **receives}


def _message(message: type[Message]) -> Schema:
    name = message.type_name()
    return {
        "name": name,
        "summary": (message.__doc__ or "").strip().splitlines()[0],
        "contentType": "application/json",
        "payload": {"$ref": f"./schemas/{name}.json"},
        "x-audience": message.audience,
        "examples": [{"name": name, "payload": wire_example(message)}],
    }


def wire_example(message: type[Message]) -> Schema:
    """The committed example as it would stand on the wire, its box left unreadable."""
    example: Schema = json.loads((EXAMPLES / f"{message.type_name()}.json").read_text())
    personal = message.personal_fields()
    if not personal:
        return example
    kept = {name: value for name, value in example.items() if name not in personal}
    return {
        **kept,
        "sealed": {"key": example["conversation_id"], "box": "bm9uY2UuLi5jaXBoZXJ0ZXh0"},
    }


def stale_files() -> list[str]:
    """Paths below generated/ that differ from what the contracts say now."""
    expected = generated_files()
    present = {str(path.relative_to(GENERATED)) for path in GENERATED.rglob("*.json")}
    differing = [
        path for path, text in expected.items() if path not in present or _read(path) != text
    ]
    return sorted({*differing, *(present - set(expected))})


def breaking_changes() -> list[str]:
    """What the contracts say now that readers of the committed files could not take."""
    present = GENERATED / "topics.json"
    if not present.exists():
        return []
    found = list(breaking_topics(json.loads(present.read_text()), all_facts()))
    for name, message in MESSAGES.items():
        path = GENERATED / "schemas" / f"{name}.json"
        if path.exists():
            found += [
                f"{name}: {what}"
                for what in breaking_schemas(json.loads(path.read_text()), wire_schema(message))
            ]
    return found


def _read(path: str) -> str:
    return (GENERATED / path).read_text()


def write() -> None:
    """Writes every derived file and removes what is no longer derived."""
    expected = generated_files()
    for path in stale_files():
        target = GENERATED / path
        if path in expected:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(expected[path])
        else:
            target.unlink()


def main(arguments: list[str]) -> int:
    """The command; its exit status is 1 where something is stale or breaking."""
    parser = argparse.ArgumentParser(prog="python -m contracts.generate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is stale"
    )
    parser.add_argument(
        "--accept-breaking", action="store_true", help="write although readers would break"
    )
    options = parser.parse_args(arguments)
    breaking = [] if options.accept_breaking else breaking_changes()
    for line in breaking:
        sys.stderr.write(f"breaking: {line}\n")
    if breaking:
        return 1
    if options.check:
        for path in stale_files():
            sys.stderr.write(f"stale: contracts/generated/{path}; run make schemas\n")
        return 1 if stale_files() else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
