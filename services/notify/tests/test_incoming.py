"""Mails as they come: each is read as a person would read it, and none of them is an error."""

import base64
from email.message import EmailMessage

import pytest

from services.notify import bounces, incoming
from services.notify.incoming import content_of, read

HEAD = "From: Jane Doe <jane@example.com>\r\nTo: demo@desk.example\r\nSubject: Help\r\nMessage-ID: <1@example.com>\r\n"


def raw(*lines: str, head: str = HEAD) -> bytes:
    return (head + "\r\n".join(lines)).encode("utf-8", "surrogateescape")


def test_a_plain_mail() -> None:
    mail = read(
        raw("Content-Type: text/plain; charset=utf-8", "", "My printer is on fire.", "", "Jané")
    )
    assert mail.message_id == "<1@example.com>"
    assert (mail.name, mail.address) == ("Jane Doe", "jane@example.com")
    assert mail.subject == "Help"
    assert mail.text == "My printer is on fire.\n\nJané"
    assert (mail.attachments, mail.automatic, mail.unanswerable) == ((), False, False)


def test_html_alone_is_read_as_text_and_runs_nothing() -> None:
    document = "<style>p{color:red}</style><script>alert(1)</script><p>Hello <b>you</b></p><ul><li>one<li>two</ul>"
    mail = read(raw("Content-Type: text/html; charset=utf-8", "", document))
    assert [line.strip() for line in mail.text.splitlines() if line.strip()] == [
        "Hello you",
        "* one",
        "* two",
    ]


def test_of_two_forms_the_plain_one_is_read_unless_it_is_empty() -> None:
    both = EmailMessage()
    both.set_content("the plain one")
    both.add_alternative("<p>the other</p>", subtype="html")
    assert read(both.as_bytes()).text == "the plain one"
    both = EmailMessage()
    both.set_content(" \n")
    both.add_alternative("<p>the other</p>", subtype="html")
    assert read(both.as_bytes()).text == "the other"


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "Grüße, señor"),
        ("windows-1252", "“Quotes” and €"),
        ("iso-2022-jp", "プリンターが動きません"),
        ("shift_jis", "こんにちは"),
        ("gb2312", "你好"),
        ("koi8-r", "Привет"),
    ],
)
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_characters_and_encodings_of_the_world(charset: str, text: str, encoding: str) -> None:
    message = EmailMessage()
    message["From"] = "jane@example.com"
    message["Subject"] = text
    message.set_content(text, charset=charset, cte=encoding)
    mail = read(message.as_bytes())
    assert mail.text == text
    assert mail.subject == text


def test_latin1_that_is_windows_1252_and_a_charset_that_nobody_knows() -> None:
    head = b"From: j@example.com\r\nContent-Type: text/plain; charset="
    assert read(head + b"iso-8859-1\r\n\r\nPrice: 5 \x80").text == "Price: 5 €"
    assert read(head + b"x-klingon\r\n\r\nGr\xc3\xbc\xc3\x9fe").text == "Grüße"
    assert read(head + b"utf-8\r\n\r\nGr\xfc\xdfe").text == "Grüße"


def test_encoded_headers_and_names_in_one_line() -> None:
    head = (
        "From: =?utf-8?b?SmFuw6k=?= =?utf-8?q?_Dupont?= <JANE@Example.com>\r\n"
        "Subject: =?iso-8859-1?q?Pr=FCfung?=\r\n of the =?utf-8?q?caf=C3=A9?=\r\n"
    )
    mail = read(raw("", "x", head=head))
    assert (mail.name, mail.address) == ("Jané Dupont", "jane@example.com")
    assert mail.subject == "Prüfung of the café"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\r\n",
        b"no header at all",
        b"From: \xff\xfe <\xff>\r\nSubject: \xe9t\xe9\r\n\r\nbody",
        b"From: <>\r\nDate: the day before\r\nSubject: =?x?y?z?=\r\n\r\nbody",
        b"From: a@b@c@@\r\nTo: ,;:\r\nMessage-ID: ][\r\nReferences: <\r\n\r\nbody",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nnever ends',
        b"Content-Type: text/plain; charset=\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Content-Type: text/html\r\n\r\n<",
        b'From: "x\r\nSubject: y\r\n\r\nbody',
        b"From: =?utf-8?q?=00=0A?= <j@example.com>\r\nSubject: a\x00b\r\n\r\n\x00\x01body",
    ],
)
def test_nothing_that_comes_is_an_error(broken: bytes) -> None:
    mail = read(broken)
    assert "\x00" not in mail.text + mail.subject + mail.name
    assert bounces.read(broken) is None


def test_parts_within_parts_without_end_are_kept_but_not_read() -> None:
    lines = [HEAD.rstrip()]
    for level in range(3_000):
        lines += [f'Content-Type: multipart/mixed; boundary="{level}"', "", f"--{level}"]
    mail = read("\r\n".join([*lines, "", "deep"]).encode())
    assert (mail.subject, mail.address, mail.text) == ("Help", "jane@example.com", "")


def test_without_a_message_id() -> None:
    mail = read(b"From: j@example.com\r\n\r\nhello")
    assert mail.message_id == ""
    assert mail.text == "hello"


def test_texts_between_files_are_read_in_their_order() -> None:
    message = EmailMessage()
    message["From"] = "j@example.com"
    message.set_content("before")
    message.add_attachment(
        b"\x89PNG1", maintype="image", subtype="png", filename="../../a/shot.png"
    )
    message.attach(_plain("after"))
    inner = EmailMessage()
    inner["Subject"] = "forwarded"
    inner.set_content("inside")
    message.add_attachment(inner)
    mail = read(message.as_bytes())
    assert mail.text == "before\n\nafter"
    assert [(it.name, it.content_type) for it in mail.attachments] == [
        ("shot.png", "image/png"),
        ("", "message/rfc822"),
    ]
    assert content_of(mail.parts[0]) == b"\x89PNG1"
    assert b"inside" in content_of(mail.parts[1])
    assert [it.size for it in mail.attachments] == [len(content_of(it)) for it in mail.parts]


def test_pictures_in_a_text_are_attachments_too() -> None:
    message = EmailMessage()
    message["From"] = "j@example.com"
    message.set_content("see below")
    message.add_alternative('<p>see <img src="cid:1"></p>', subtype="html")
    html = message.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<1>", filename="logo.gif")
    mail = read(message.as_bytes())
    assert mail.text == "see below"
    assert [it.name for it in mail.attachments] == ["logo.gif"]


def test_a_huge_mail_is_cut_and_its_files_are_measured() -> None:
    message = EmailMessage()
    message["From"] = "j@example.com"
    message.set_content("word " * 300_000)
    message.add_attachment(
        bytes(3_000_000), maintype="application", subtype="zip", filename="z.zip"
    )
    mail = read(message.as_bytes())
    assert len(mail.text) == incoming.TEXT_LIMIT
    assert mail.text.endswith("…")
    assert mail.attachments[0].size == 3_000_000


# ---- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "history",
    [
        "On Mon, 3 Mar 2026 at 10:00, Desk <desk@x.example> wrote:\r\n> Hello\r\n> you",
        "Am 03.03.2026 um 10:00 schrieb Desk <desk@x.example>:\r\n> Hallo",
        "-----Original Message-----\r\nFrom: Desk\r\nSent: Monday\r\n\r\nold text",
        "Von: Desk <desk@x.example>\r\nGesendet: Montag\r\nAn: Jane\r\nBetreff: Re: x\r\n\r\nalt",
        "-- \r\nJane Doe\r\nExample Ltd",
    ],
)
def test_an_answer_is_told_without_what_it_answers(history: str) -> None:
    mail = read(raw("", "It works now.", "", history))
    assert mail.reply == "It works now."
    assert len(mail.text) > len(mail.reply)


def test_answers_between_the_lines_stay() -> None:
    said = "On Mon, 3 Mar 2026 at 10:00, Desk <desk@x.example> wrote:\r\n> Number?\r\n42\r\n> Colour?\r\nRed"
    reply = read(raw("", said)).reply
    assert "42" in reply
    assert "Red" in reply


def test_who_only_quotes_has_said_that() -> None:
    mail = read(raw("", "> just this"))
    assert mail.reply == "> just this"


def test_the_thread_of_an_answer_the_nearest_first() -> None:
    lines = ["References: <a@x> <b@x>\r\n <c@x>", "In-Reply-To: <c@x>", "", "yes"]
    assert read(raw(*lines)).references == ("<c@x>", "<b@x>", "<a@x>")


# ---- machines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        ("Auto-Submitted: auto-replied; owner=x", True),
        ("Auto-Submitted: auto-generated", True),
        ("X-Autoreply: yes", True),
        ("Precedence: auto_reply", True),
        ("Precedence: bulk", False),
        ("Precedence: list", False),
        ("List-Id: <us.example.com>", False),
        ("X-Auto-Response-Suppress: All", False),
    ],
)
def test_machines_and_lists_want_no_answer(header: str, automatic: bool) -> None:
    mail = read(raw(header, "", "hello"))
    assert mail.unanswerable
    assert mail.automatic is automatic


def test_a_person_is_answered_even_one_whose_program_says_that_it_is_none() -> None:
    assert not read(raw("Auto-Submitted: no", "", "hello")).unanswerable


@pytest.mark.parametrize(
    "address", ["noreply@x.example", "no-reply+7@x.example", "MAILER-DAEMON@x.example"]
)
def test_addresses_that_are_nobodys_want_no_answer(address: str) -> None:
    assert read(raw("", "hello", head=f"From: {address}\r\n")).unanswerable


@pytest.mark.parametrize(
    ("stated", "locale"), [("de-DE", "de-DE"), ("es", "es"), ("fr", ""), ("", "")]
)
def test_the_language_that_a_mail_says_it_is_in(stated: str, locale: str) -> None:
    assert read(raw(f"Content-Language: {stated}", "", "x")).locale == locale


# ---- what comes back -----------------------------------------------------------------------------


def dsn(action: str = "failed", returned: str = "message/rfc822") -> bytes:
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.example",
            "To: desk@desk.example",
            "Subject: Undelivered Mail Returned to Sender",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "",
            "I'm sorry to have to inform you ...",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example",
            "",
            "Final-Recipient: rfc822; jane@example.com",
            f"Action: {action}",
            "Status: 5.1.1 (bad destination)",
            "--b",
            f"Content-Type: {returned}",
            "",
            "From: desk@desk.example",
            "Message-ID: <ours@desk.example>",
            "Subject: Your request",
            "",
            "text",
            "--b--",
        ]
    ).encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_names_the_one_that_was_sent(returned: str) -> None:
    bounce = bounces.read(dsn(returned=returned))
    assert bounce == bounces.Bounce("<ours@desk.example>", "5.1.1", failed=True)


def test_a_mail_that_is_late_has_not_failed() -> None:
    bounce = bounces.read(dsn("delayed"))
    assert bounce is not None
    assert not bounce.failed


def test_a_mail_with_a_file_is_no_report() -> None:
    part = base64.b64encode(b"x").decode()
    lines = ['Content-Type: multipart/mixed; boundary="b"', "", "--b", "", "hi", "--b"]
    lines += ["Content-Type: text/x; name=a.txt", "Content-Transfer-Encoding: base64", "", part]
    assert bounces.read(raw(*lines, "--b--")) is None


def _plain(text: str) -> EmailMessage:
    part = EmailMessage()
    part.set_content(text)
    del part["MIME-Version"]
    return part
