"""Writes what programs outside of Python are told of the interfaces: docs/openapi.json and docs/socket.schema.json.

`python -m services.describe` writes both files; they are committed, and a test fails when they are stale. The web's
types are generated from them. Nothing is started: a description needs routes and models, no broker and no database.
"""

import base64
import json
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from fastapi import FastAPI
from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from chassis.docs import merged_openapi
from chassis.settings import SECRET_BYTES, Settings
from contracts.topics import SERVICES
from services.cases import app as cases
from services.cases.settings import CasesSettings
from services.chat import app as chat
from services.chat.frames import PROTOCOL, ClientFrame
from services.chat.settings import ChatSettings
from services.notify import app as notify
from services.notify.settings import NotifySettings
from services.portal import app as portal
from services.portal.settings import PortalSettings
from services.transcripts import app as transcripts
from services.transcripts.settings import TranscriptsSettings

DOCS: Final = Path(__file__).parents[1] / "docs"
_NOWHERE: Final = {
    "kafka": "unused",
    "mongo": "unused",
    "secret": base64.b64encode(bytes(SECRET_BYTES)).decode(),
}

S = TypeVar("S", bound=Settings)


class _WithoutFieldTitles(GenerateJsonSchema):
    """A field's title would only repeat its name, and become a name of its own in generated types."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def described() -> dict[str, str]:
    """The text of each file by its name below docs/."""
    documents = {"openapi.json": merged_openapi(_apps()), "socket.schema.json": socket_schema()}
    return {
        name: json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        for name, document in documents.items()
    }


def socket_schema() -> dict[str, Any]:
    """The frames that clients send, as JSON Schema; docs/relay-protocol.md tells what the server answers."""
    adapter: TypeAdapter[ClientFrame] = TypeAdapter(
        Annotated[ClientFrame, Field(discriminator="t")]
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ClientFrame",
        "description": f"A frame that a client sends on the desk socket, protocol {PROTOCOL}.",
        **adapter.json_schema(schema_generator=_WithoutFieldTitles),
    }


def stale() -> list[str]:
    """The files below docs/ that differ from what the services say now."""
    return [
        name
        for name, text in described().items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text
    ]


def write() -> None:
    """Writes every file."""
    for name, text in described().items():
        (DOCS / name).write_text(text, encoding="utf-8")


def _apps() -> dict[str, FastAPI]:
    apps = {
        "portal": portal.create(_settings(PortalSettings)),
        "chat": chat.create(_settings(ChatSettings)),
        "cases": cases.create(_settings(CasesSettings)),
        "notify": notify.create(_settings(NotifySettings)),
        "transcripts": transcripts.create(_settings(TranscriptsSettings)),
    }
    return {name: apps[name] for name in SERVICES}


def _settings(kind: type[S]) -> S:
    """Settings that lead nowhere; the description has nothing of them."""
    return kind.model_validate(_NOWHERE)


if __name__ == "__main__":
    write()
