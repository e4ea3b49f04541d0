"""What of a customer the staff takes away, or sends, stands in the audit log; the customer's own copy does not."""

from services.transcripts.tests.examples import ANNS, CASE, CLEOS
from services.transcripts.tests.test_handlers import World, world

__all__ = ["world"]


async def told(world: World) -> list[tuple[str, str | None, dict[str, str]]]:
    return [
        (it.action, it.case_id, {detail.name: detail.value for detail in it.details})
        for it in world.storage.noted
    ]


async def test_a_technicians_download_is_noted_and_a_customers_own_is_not(world: World) -> None:
    await world.talked()
    await world.text(CLEOS)
    await world.text(ANNS)
    expected = ("transcript.downloaded", CASE, {"number": "1001", "form": "txt"})
    assert await told(world) == [expected]
    assert world.storage.noted[0].actor.id == ANNS.id


async def test_a_mail_is_noted_once_with_the_role_and_never_the_address(world: World) -> None:
    await world.talked()
    await world.mail(CLEOS)
    for _ in range(2):
        await world.mail(ANNS, "address", address="law@example.org")
    expected = ("transcript.sent", CASE, {"number": "1001", "to": "address"})
    assert await told(world) == [expected]
    assert "law@example.org" not in world.storage.noted[0].model_dump_json()
