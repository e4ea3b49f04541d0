"""Which lines of a case its customer is shown (S17): joined, transferred, ended and resolved, and no other."""

from pathlib import Path

import pytest

from contracts.cases import CaseChanged
from contracts.chat import ActivityNoted, ConversationEnded
from contracts.topics import CASE_EVENTS
from services.chat.domain import customer_sees, entries_for
from services.chat.fold import Shown

EXAMPLES = Path(__file__).parents[3] / "contracts" / "examples"
EVENTS = [event for event in CASE_EVENTS.messages if issubclass(event, CaseChanged)]
SHOWN = {"joined", "taken", "transferred", "queued", "resolved", "ended"}
"""`taken` is who joined where the chat is over, `queued` a transfer to nobody yet."""


def lines(event: CaseChanged, *, ended: bool) -> list[str]:
    found: list[str] = []
    for entry in entries_for(event, ended=ended):
        if customer_sees(Shown(entry.id, 1, entry)):
            assert isinstance(entry, ActivityNoted | ConversationEnded)
            found.append(entry.code if isinstance(entry, ActivityNoted) else "ended")
    return found


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type_name())
def test_a_customer_is_told_of_no_other_action(event: type[CaseChanged], *, ended: bool) -> None:
    example = event.model_validate_json((EXAMPLES / f"{event.type_name()}.json").read_text())
    told = lines(example, ended=ended)
    assert set(told) <= SHOWN
    expected = {"case.assigned", "case.transferred", "case.resolved", "case.requested"}
    if example.type not in expected:
        assert told == []
