"""What was promised and what there is: stores, views, cases, alerts, the mail ledger and the mailbox."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from contracts.topics import NOTIFY_EVENTS
from services.notify.domain import acknowledgement_id
from tests.kill.report import Report
from tests.kill.work import Work
from tests.support.desk import Desk
from tests.support.mail import MailServer
from tests.support.people import Customer, Technician
from tests.support.topics import read_all

Case = dict[str, Any]
Mail = dict[str, Any]
ENDED = ("accepted", "failed", "unknown")


async def mails_are_settled(work: Work) -> bool:
    """Whether every mail that was promised is in the ledger, and every mail there has its end."""
    for case_id, mail_id in promised_mails(work):
        mails = {mail["mail_id"]: mail for mail in await work.technicians[0].mails(case_id)}
        if mail_id not in mails or mails[mail_id]["state"] not in ENDED:
            return False
    return True


def promised_mails(work: Work) -> list[tuple[str, str]]:
    """Case and id of every mail that there has to be, and of no other."""
    requests = [*work.promises.requests, *work.promises.left]
    transcripts = work.promises.transcripts.items()
    return [
        *((case_id, acknowledgement_id(case_id)) for case_id in requests),
        *((case_id, mail_id) for case_id, (mail_id, _) in transcripts),
    ]


class Comparison:
    """Looks at a desk at rest, and writes down whatever is not as it was promised."""

    def __init__(self, desk: Desk, work: Work, server: MailServer, report: Report) -> None:
        self._desk, self._work, self._server, self._report = desk, work, server, report
        self._journal, self._promises = work.journal, work.promises
        self._look = work.technicians[0]
        self._opened = {entry.conversation for entry in work.journal.sends.values()}

    async def compare(self) -> None:
        """Everything, one kind after the other."""
        report = self._report
        report.messages = len(self._journal.acknowledged_at)
        report.problems += self._journal.violations
        report.counted["connections dropped"] = self._work.dropped_connections
        for lost in self._journal.unacknowledged():
            report.problems.append(f"never acknowledged: {lost.sender} {lost.text!r}")
        for conversation in sorted(self._opened):
            await self._compare_conversation(conversation)
        for customer in self._work.customers:
            self._compare_views(customer, await self._stored(customer.conversation))
        cases = {case["id"]: case for case in await self._look.all_cases()}
        self._compare_cases(cases)
        self._compare_requests(cases)
        self._compare_surveys(cases)
        for case_id in self._opened:
            await self._compare_joined(case_id)
        await self._compare_alerts()
        await self._compare_mails(cases)

    # ---- conversations ----

    async def _stored(self, conversation: str) -> list[dict[str, Any]]:
        entries = await self._look.entries(conversation)
        return [entry for entry in entries if entry["kind"] == "message"]

    async def _compare_conversation(self, conversation: str) -> None:
        expect, stored = self._report.expect, await self._stored(conversation)
        sent = self._journal.of(conversation)
        ids, seqs = [entry["id"] for entry in stored], [entry["seq"] for entry in stored]
        expect("messages stored once", conversation, Counter(ids), Counter(e.id for e in sent))
        texts = {entry["id"]: entry["text"] for entry in stored}
        expect("texts as they were sent", conversation, texts, {e.id: e.text for e in sent})
        expect("order of the store", conversation, seqs, sorted(seqs))
        for sender in sorted({entry.sender for entry in sent}):
            written = [entry.id for entry in sent if entry.sender == sender]
            kept = [i for i in ids if i in set(written)]
            expect("order of a sender's messages", f"{conversation} {sender}", kept, written)
        transcript = await self._look.transcript(conversation, seqs[-1])
        once = Counter(texts.values())
        lost = [t for t, n in once.items() if n == 1 and transcript.count(f"{t}\n") != 1]
        expect("transcripts with each message once", conversation, lost, [])

    def _compare_views(self, customer: Customer, stored: list[dict[str, Any]]) -> None:
        ids = [entry["id"] for entry in stored]
        viewers: list[Technician | Customer] = [*self._work.technicians, customer]
        for viewer in viewers:
            view = viewer.socket.views.get(customer.conversation) if viewer.socket else None
            if view is not None and viewer.socket is not None:
                where = f"{customer.name} seen by {viewer.socket.name}"
                self._report.expect("views as the store", where, view.messages(), ids)

    async def _compare_joined(self, case_id: str) -> None:
        entries = await self._look.entries(case_id)
        joined = [
            e for e in entries if e["kind"] == "activity" and e["code"] in {"joined", "taken"}
        ]
        ended = [e for e in entries if e["kind"] == "ended"]
        state, _ = self._promises.states[case_id]
        over = state == "resolved" or case_id in self._promises.left
        expect = self._report.expect
        expect("joined lines", case_id, len(joined), int(state in {"assigned", "resolved"}))
        expect("ends of chats", case_id, len(ended), int(over))

    # ---- cases ----

    def _compare_cases(self, cases: dict[str, Case]) -> None:
        expect = self._report.expect
        expect("cases, each once", "all", set(cases), {*self._opened, *self._promises.requests})
        numbers = [case["number"] for case in cases.values()]
        expect("numbers, each once", "all", len(numbers), len(set(numbers)))
        for case_id, promised in self._promises.states.items():
            case = cases.get(case_id, {"state": "missing", "assignee": None})
            found = (case["state"], case["assignee"]["id"] if case["assignee"] else "")
            expect("states and assignees", case_id, found, promised)

    def _compare_requests(self, cases: dict[str, Case]) -> None:
        expect, promises = self._report.expect, self._promises
        asked = promises.requests | promises.left
        found = {case_id for case_id, case in cases.items() if case["type"] == "request"}
        expect("cases that are requests", "all", found, set(asked))
        for case_id, question in asked.items():
            lines = cases[case_id]["problem"] if case_id in cases else []
            # A question comes by REST and may be there before what was written in the chat.
            whole = [question, *(entry.text for entry in self._journal.of(case_id))]
            told = Counter(line["text"] for line in lines)
            expect("requests with their question once", case_id, told, Counter(whole))

    def _compare_surveys(self, cases: dict[str, Case]) -> None:
        for case_id, rating in self._promises.ratings.items():
            case = cases.get(case_id, {"rating": None, "rating_comment": ""})
            found = (case["rating"], case["rating_comment"])
            self._report.expect("survey answers on their case", case_id, found, rating)

    # ---- what people were told ----

    async def _compare_alerts(self) -> None:
        """Each case rang as waiting exactly once, however often its event was delivered."""
        rung: dict[str, set[str]] = {}
        for record in await read_all(self._desk.kafka, [NOTIFY_EVENTS]):
            message = json.loads(record.value)
            if message["type"] == "alert.raised" and message["alert"] == "waiting":
                rung.setdefault(message["conversation_id"], set()).add(message["id"])
        waited = {*self._opened, *self._promises.requests}
        self._report.expect("cases that rang", "all", set(rung), waited)
        for case_id, alerts in rung.items():
            self._report.expect("alerts of a case", case_id, len(alerts), 1)

    async def _compare_mails(self, cases: dict[str, Case]) -> None:
        """One line in the ledger for each promised mail, none besides, and the mailbox as the ledger says."""
        ledger = {case_id: await self._look.mails(case_id) for case_id in cases}
        found = Counter((it, mail["mail_id"]) for it, mails in ledger.items() for mail in mails)
        self._report.expect(
            "mails of the ledger", "all", found, Counter(promised_mails(self._work))
        )
        taken = Counter(_mail_id(mail.message["Message-ID"]) for mail in self._server.taken)
        known = {mail["mail_id"]: mail for mails in ledger.values() for mail in mails}
        self._report.expect(
            "mails in the mailbox that nobody sent", "all", set(taken) - set(known), set()
        )
        for mail in known.values():
            self._compare_mail(mail, taken[mail["mail_id"]])
        self._report.counted["mails put off by the server"] = self._work.mails_put_off
        for mail_id, recipient in self._promises.transcripts.values():
            to = known[mail_id]["recipient"] if mail_id in known else ""
            self._report.expect("recipients of transcripts", mail_id, to, recipient)

    def _compare_mail(self, mail: Mail, copies: int) -> None:
        """Once in the mailbox; at most once, where notify died between its note and the server's answer."""
        where = f"{mail['mail_id']} ({mail['state']}, {mail['reason']}, {mail['attempts']} tries)"
        if mail["state"] != "unknown":
            self._report.expect(
                f"mails: {mail['kind']}, accepted", where, mail["state"], "accepted"
            )
            self._report.expect("mails in the mailbox once", where, copies, 1)
            return
        self._report.expect("unknown mails that notify died over", where, self._was_cut(mail), True)
        self._report.expect("unknown mails at most once in the mailbox", where, copies <= 1, True)
        self._report.counted[f"unknown mails that the mailbox has {copies} times"] += 1

    def _was_cut(self, mail: Mail) -> bool:
        since, until = (datetime.fromisoformat(mail[it]) for it in ("requested_at", "changed_at"))
        deaths = [death.at for death in self._desk.deaths if death.service == "notify"]
        return mail["reason"] == "interrupted" and any(since <= at <= until for at in deaths)


def _mail_id(message_id: Any) -> str:
    return str(message_id).strip("<>").partition(".")[0]
