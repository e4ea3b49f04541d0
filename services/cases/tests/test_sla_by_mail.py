"""What a mail from the customer does to the promise of a next response (X10, S43, S61)."""

from datetime import datetime, timedelta

from chassis.ids import derived_id
from services.cases.actions import Mail
from services.cases.clocks import timer_of
from services.cases.sla import Policy, Targets
from services.cases.tests.examples import ANN, AT, CASE
from services.cases.tests.house import House
from services.cases.tests.test_mailing import answer, body, hears, mail
from services.cases.tests.test_sla_desk import promise, told

HOUR = timedelta(hours=1)
POLICY = Policy(Targets(first_response=30, next_response=60), warn_percent=0)
TIMER = timer_of(CASE)


async def answered(house: House) -> None:
    """Cleo wrote, and Ann has answered her by mail in time."""
    await promise(house, POLICY)
    await hears(house, mail())
    await house.act("assign", ANN, 1)
    await writes(house, "first", "Is it plugged in?")


async def writes(house: House, client_id: str, text: str) -> None:
    version = (await house.case()).now.state_version
    await house.act(Mail(client_id=derived_id(client_id), text=text), ANN, version)


async def due(house: House) -> dict[str, datetime | None]:
    clocks = (await house.case()).now.sla_clocks
    return {it.kind: it.due_at for it in clocks if it.due_at is not None}


async def test_the_customers_answer_by_mail_wants_another_one_in_time(house: House) -> None:
    await answered(house)
    assert await due(house) == {}
    assert TIMER not in house.timers.scheduled
    house.clock.advance(HOUR.total_seconds())
    await hears(house, answer(mail=body("It is."), received_at=house.clock.now()))
    case = await house.case()
    assert await due(house) == {"next_response": AT + 2 * HOUR}
    assert (case.now.sla_kind, case.now.sla_due_at) == ("next_response", AT + 2 * HOUR)
    assert house.timers.scheduled[TIMER][0] == AT + 2 * HOUR


async def test_a_second_mail_makes_it_due_no_later(house: House) -> None:
    await answered(house)
    await hears(house, answer(mail=body("It is.")))
    house.clock.advance(HOUR.total_seconds() / 2)
    await hears(house, answer(mail=body("Hello?")))
    assert await due(house) == {"next_response": AT + HOUR}


async def test_a_mail_back_keeps_the_promise_and_none_breaks_it(house: House) -> None:
    await answered(house)
    await hears(house, answer(mail=body("It is.")))
    await writes(house, "second", "Then we come by.")
    assert await due(house) == {}
    assert told(house) == []
    await hears(house, answer(mail=body("When?")))
    house.clock.advance(HOUR.total_seconds() + 1)
    await house.fires(TIMER)
    assert told(house) == ["case.sla_breached"]
    assert house.last.model_dump()["kind"] == "next_response"


async def test_what_answers_by_itself_wants_no_answer(house: House) -> None:
    await answered(house)
    await hears(house, answer(automatic=True, mail=body("I am on holiday.")))
    assert await due(house) == {}
