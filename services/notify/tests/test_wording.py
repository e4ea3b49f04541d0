"""What is new in an answer, as mail programs of three languages send it."""

import time

import pytest

from services.notify.incoming import read
from services.notify.wording import TEXT_LIMIT, without_history

QUOTED = "> Guten Tag, buenos días, hello\n>\n> 1001?\n"
PLAIN = "Guten Tag, buenos días, hello\n\n1001?\n"

BY_PROGRAM = {
    # Gmail
    "es gmail": f"El lun, 3 nov 2026 a las 10:02, Soporte Demo (<desk+abc@desk.example>) escribió:\n\n{QUOTED}",
    "es gmail, broken": "El lun, 3 nov 2026 a las 10:02, Soporte Demo de la Empresa Grande\n"
    f"(<desk+abcdefabcdef@desk.example>) escribió:\n\n{QUOTED}",
    "es gmail, phone": f"El lun., 3 nov. 2026 10:02, Soporte Demo <desk@desk.example> escribió:\n{QUOTED}",
    "de gmail": f"Am Mo., 3. Nov. 2026 um 10:02 Uhr schrieb Support <desk@desk.example>:\n\n{QUOTED}",
    "de gmail, broken": "Am Mo., 3. Nov. 2026 um 10:02 Uhr schrieb Support der großen Firma <\n"
    f"desk+abcdef@desk.example>:\n\n{QUOTED}",
    "en gmail": f"On Mon, Nov 3, 2026 at 10:02 AM Support <desk@desk.example> wrote:\n\n{QUOTED}",
    "en gmail, broken": "On Mon, Nov 3, 2026 at 10:02 AM Support of the Large Company <\n"
    f"desk+abcdef@desk.example> wrote:\n\n{QUOTED}",
    # Thunderbird, Apple Mail, Yahoo
    "es thunderbird": f"El 3/11/26 a las 10:02, Soporte Demo escribió:\n{QUOTED}",
    "de thunderbird": f"Am 03.11.26 um 10:02 schrieb Support Demo:\n{QUOTED}",
    "en thunderbird": f"On 11/3/26 10:02, Support Demo wrote:\n{QUOTED}",
    "es apple": f"> El 3 nov 2026, a las 10:02, Soporte <desk@desk.example> escribió:\n> \n{QUOTED}",
    "de apple": f"> Am 03.11.2026 um 10:02 schrieb Support <desk@desk.example>:\n> \n{QUOTED}",
    "en apple": f"> On 3 Nov 2026, at 10:02, Support <desk@desk.example> wrote:\n> \n{QUOTED}",
    "es yahoo": f"    El lunes, 3 de noviembre de 2026, 10:02:15 CET, Soporte <desk@desk.example> escribió:\n\n {PLAIN}",
    # Outlook: in the browser, on the desktop, of old, on a phone
    "es outlook": "________________________________\nDe: Soporte Demo <desk@desk.example>\n"
    f"Enviado: lunes, 3 de noviembre de 2026 10:02\nPara: Ana <ana@example.com>\nAsunto: Re: Lámpara\n\n{PLAIN}",
    "de outlook": "________________________________\nVon: Support Demo <desk@desk.example>\n"
    f"Gesendet: Montag, 3. November 2026 10:02\nAn: Ana <ana@example.com>\nBetreff: Re: Lampe\n\n{PLAIN}",
    "en outlook": "________________________________\nFrom: Support Demo <desk@desk.example>\n"
    f"Sent: Monday, November 3, 2026 10:02 AM\nTo: Ana <ana@example.com>\nSubject: Re: Lamp\n\n{PLAIN}",
    "es outlook, desktop": "De: Soporte Demo <desk@desk.example> \nEnviado el: lunes, 3 de noviembre de 2026 10:02\n"
    f"Para: Ana <ana@example.com>\nCC: Bob <bob@example.com>\nAsunto: Re: Lámpara\n\n{PLAIN}",
    "de outlook, desktop": "Von: Support Demo <desk@desk.example> \nGesendet: Montag, 3. November 2026 10:02\n"
    f"An: Ana <ana@example.com>\nCc: Bob <bob@example.com>\nBetreff: Re: Lampe\n\n{PLAIN}",
    "en outlook, desktop": "From: Support Demo <desk@desk.example> \nSent: Monday, November 3, 2026 10:02 AM\n"
    f"To: Ana <ana@example.com>\nCc: Bob <bob@example.com>\nSubject: Re: Lamp\n\n{PLAIN}",
    "de outlook, bold": "*Von:* Support <desk@desk.example>\n*Gesendet:* Montag, 3. November 2026 10:02\n"
    f"*An:* Ana <ana@example.com>\n*Betreff:* Re: Lampe\n\n{PLAIN}",
    "es outlook, old": "-----Mensaje original-----\nDe: Soporte <desk@desk.example> \nEnviado el: lunes 10:02\n"
    f"Para: Ana\nAsunto: Re: Lámpara\n\n{PLAIN}",
    "de outlook, old": "-----Ursprüngliche Nachricht-----\nVon: Support <desk@desk.example> \nGesendet: Montag 10:02\n"
    f"An: Ana\nBetreff: Re: Lampe\n\n{PLAIN}",
    "en outlook, old": "-----Original Message-----\nFrom: Support <desk@desk.example> \nSent: Monday 10:02\n"
    f"To: Ana\nSubject: Re: Lamp\n\n{PLAIN}",
    "es outlook, phone": "Obtener Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\n"
    f"De: Soporte <desk@desk.example>\nEnviado: lunes, noviembre 3, 2026 10:02\nPara: Ana\nAsunto: Re: x\n\n{PLAIN}",
    "de outlook, phone": "Holen Sie sich Outlook für iOS<https://aka.ms/o0ukef>\n________________________________\n"
    f"Von: Support <desk@desk.example>\nGesendet: Montag, November 3, 2026 10:02 AM\nAn: Ana\nBetreff: Re: x\n\n{PLAIN}",
    "en outlook, phone": "Get Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\n"
    f"From: Support <desk@desk.example>\nSent: Monday, November 3, 2026 10:02 AM\nTo: Ana\nSubject: Re: x\n\n{PLAIN}",
    # Other languages
    "fr": f"Le lun. 3 nov. 2026 à 10:02, Support <desk@desk.example> a écrit :\n\n{QUOTED}",
    "it": f"Il giorno lun 3 nov 2026 alle ore 10:02 Support <desk@desk.example> ha scritto:\n\n{QUOTED}",
    "nl": f"Op ma 3 nov 2026 om 10:02 schreef Support <desk@desk.example>:\n\n{QUOTED}",
    "pl": f"W dniu 3.11.2026 o 10:02 Support napisał:\n\n{QUOTED}",
    "de, another way": f"Support Demo <desk@desk.example> schrieb am 03.11.2026 10:02:\n\n{QUOTED}",
    "a quotation alone": QUOTED,
    "from a phone": f"Enviado desde mi iPhone\n\n> El 3 nov 2026, a las 10:02, S <a@b.example> escribió:\n>\n{QUOTED}",
    "de gmx": 'Gesendet: Montag, 03. November 2026 um 10:02 Uhr\nVon: "Support" <desk@desk.example>\n'
    f"An: ana@example.com\nBetreff: Re: Lampe\n{PLAIN}",
}


@pytest.mark.parametrize("program", BY_PROGRAM)
def test_what_is_answered_is_left_out(program: str) -> None:
    said = "Sigue igual. Noch immer. Still.\n\nSecond line, 3 Nov."
    assert without_history(f"{said}\n\n{BY_PROGRAM[program]}").strip() == said


@pytest.mark.parametrize("program", BY_PROGRAM)
def test_the_whole_of_it_is_kept_beside(program: str) -> None:
    body = f"Sigue igual.\n\n{BY_PROGRAM[program]}".replace("\n", "\r\n")
    raw = f"Subject: Re\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()
    mail = read(raw)
    assert mail.reply == "Sigue igual."
    assert "1001?" in mail.text


@pytest.mark.parametrize(
    "said",
    [
        "De: momento no funciona nada.\nPara: mañana lo necesito.",
        "El técnico me escribió: no lo toque.\nNo lo toqué.",
        "El 3 de noviembre me escribió Ana.\nTodo sigue igual.",
        "Am Montag schrieb ich Ihnen: bitte anrufen.\nAn: wen wende ich mich?\n\nDanke",
        "On Monday I wrote: it is dark.\nFrom: the cellar to the roof.\n\nThanks",
        "Asunto: urgente\nDe: Ana\nla lámpara arde",
        "Get Outlook for my colleague, please.\nShe has none.",
        "Am 3. November schrieb ich Ihnen:\nbitte anrufen.",
        "Mein Befund:\n> Steckt der Stecker?\nJa.\n> Und die Lampe?\nIst neu.",
    ],
)
def test_what_only_looks_a_little_like_it_stays(said: str) -> None:
    assert without_history(said).strip() == said


@pytest.mark.parametrize("head", ["El lun, 3 nov 2026 a las 10:02, Soporte escribió:", ""])
def test_answers_between_the_lines_stay_in_spanish_too(head: str) -> None:
    body = f"{head}\n> ¿Número?\n42\n> ¿Color?\nRojo".strip().replace("\n", "\r\n")
    reply = read(f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()).reply
    assert "42" in reply
    assert "Rojo" in reply


@pytest.mark.parametrize(
    "piece",
    [
        "El 1", "El 1\n", "De: x\nEnviado: y\nPara: z\n", "\n", " \n", "_________\n", "> El 10:02 ", "Am 1 schrieb ",
        "Am 1 schrieb\n", "On 1 x wrote ", "Von: a@b\n", "a@b\n", "> a\n", "On 10:02 wrote:\nVon: \n", "Sent from my ",
    ],
)  # fmt: skip
def test_a_hostile_mail_is_read_in_no_time(piece: str) -> None:
    began = time.process_time()
    for end in ("", "x", ":"):
        without_history(piece * (TEXT_LIMIT // len(piece)) + end)
    assert time.process_time() - began < 5
