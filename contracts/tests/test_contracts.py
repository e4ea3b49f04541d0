"""The contracts hold together: examples validate, derived files are fresh, and a breaking change fails."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from contracts import generate
from contracts.envelope import PERSONAL, Message, Part
from contracts.schema import all_facts, breaking_schemas, breaking_topics, wire_schema
from contracts.topics import MESSAGES, SERVICES, TOPIC_OF, TOPICS

EVERY_MESSAGE = sorted(MESSAGES.items())


def concrete_messages(base: type[Message] = Message) -> list[type[Message]]:
    """Every message class that has a type of its own."""
    found = [] if "Literal" not in str(base.model_fields["type"].annotation) else [base]
    return found + [
        message for child in base.__subclasses__() for message in concrete_messages(child)
    ]


@pytest.mark.parametrize(("name", "message"), EVERY_MESSAGE)
def test_example_is_a_message_and_validates_on_the_wire(name: str, message: type[Message]) -> None:
    example = json.loads((generate.EXAMPLES / f"{name}.json").read_text())
    parsed = message.model_validate(example)
    assert parsed.type == name
    assert not parsed.model_extra
    Draft202012Validator(wire_schema(message)).validate(generate.wire_example(message))


@pytest.mark.parametrize(("name", "message"), EVERY_MESSAGE)
def test_wire_form_without_a_required_field_is_refused(name: str, message: type[Message]) -> None:
    validator = Draft202012Validator(wire_schema(message))
    for field in wire_schema(message)["required"]:
        example = {
            key: value for key, value in generate.wire_example(message).items() if key != field
        }
        assert not validator.is_valid(example), f"{name} without {field}"


@pytest.mark.parametrize(("name", "message"), EVERY_MESSAGE)
def test_unknown_fields_are_kept_by_readers(name: str, message: type[Message]) -> None:
    example = json.loads((generate.EXAMPLES / f"{name}.json").read_text())
    parsed = message.model_validate({**example, "from_the_future": {"a": 1}})
    assert parsed.model_extra == {"from_the_future": {"a": 1}}


def test_every_message_has_exactly_one_topic() -> None:
    assert set(concrete_messages()) == set(TOPIC_OF)
    assert sum(len(topic.messages) for topic in TOPICS) == len(MESSAGES)


def test_every_topic_has_an_owner_and_readers_that_exist() -> None:
    for topic in TOPICS:
        assert topic.owner in SERVICES
        assert topic.consumers, topic.name
        assert {*topic.consumers, *topic.producers} <= set(SERVICES)
        assert topic.description.endswith(".")


def test_every_example_belongs_to_a_message() -> None:
    assert {path.stem for path in generate.EXAMPLES.glob("*.json")} == set(MESSAGES)


def test_personal_data_is_marked_at_the_top_of_a_message_only() -> None:
    for part in Part.__subclasses__():
        if not issubclass(part, Message):
            marked = [
                name for name, field in part.model_fields.items() if PERSONAL in field.metadata
            ]
            assert not marked, f"{part.__name__}: mark the message's field instead"


def test_personal_messages_name_the_conversation_whose_key_seals_them() -> None:
    for name, message in EVERY_MESSAGE:
        if message.personal_fields():
            assert "conversation_id" in wire_schema(message)["required"], name


def test_personal_fields_are_not_in_a_representation() -> None:
    for name, message in EVERY_MESSAGE:
        example = json.loads((generate.EXAMPLES / f"{name}.json").read_text())
        shown = repr(message.model_validate(example))
        assert "ana@example.com" not in shown
        assert "invoice" not in shown


def test_generated_files_are_fresh() -> None:
    assert generate.stale_files() == [], "run make schemas"


def test_committed_contracts_are_not_broken() -> None:
    assert generate.breaking_changes() == []


def mutated(change: str) -> dict[str, object]:
    schema = copy.deepcopy(wire_schema(MESSAGES["case.assigned"]))
    fields = schema["properties"]
    if change == "gone":
        del fields["technician_id"]
    elif change == "newly required":
        fields["reason"] = {"type": "string"}
        schema["required"].append("reason")
    elif change == "type was":
        fields["after_seq"]["type"] = "string"
    elif change == "enum was":
        schema["$defs"]["CaseState"]["properties"]["state"]["enum"].append("frozen")
    elif change == "/x-sealed/text is gone":
        del schema["x-sealed"]["properties"]["text"]
    return schema


@pytest.mark.parametrize(
    "change", ["gone", "newly required", "type was", "enum was", "/x-sealed/text is gone"]
)
def test_a_breaking_difference_is_found(change: str) -> None:
    found = list(breaking_schemas(wire_schema(MESSAGES["case.assigned"]), mutated(change)))
    assert any(change in line for line in found), found


def test_an_optional_addition_is_not_breaking() -> None:
    schema = copy.deepcopy(wire_schema(MESSAGES["case.assigned"]))
    schema["properties"]["reason"] = {"type": "string"}
    assert list(breaking_schemas(wire_schema(MESSAGES["case.assigned"]), schema)) == []


@pytest.mark.parametrize(
    ("fact", "value"), [("partitions", 24), ("key", "tenant"), ("compacted", True)]
)
def test_a_changed_topic_is_breaking(fact: str, value: object) -> None:
    changed = copy.deepcopy(all_facts())
    changed["chat-log"][fact] = value
    assert list(breaking_topics(all_facts(), changed))


def test_a_message_that_left_its_topic_is_breaking() -> None:
    changed = copy.deepcopy(all_facts())
    changed["chat-log"]["messages"].remove("conversation.message")
    assert list(breaking_topics(all_facts(), changed)) == [
        "topic chat-log no longer carries conversation.message"
    ]


def test_a_breaking_change_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "breaking_changes", lambda: ["topic chat-log is gone"])
    monkeypatch.setattr(generate, "write", lambda: pytest.fail("wrote a breaking change"))
    assert generate.main([]) == 1
