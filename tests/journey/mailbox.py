"""The mailbox of a running desk, as a reader finds it."""

import html
import re
import time
from email.message import Message
from email.parser import HeaderParser

import httpx

from tests.journey.conftest import RunningDesk


def mail_to(desk: RunningDesk, address: str, subject: str) -> str:
    """The mail as the mailbox got it; 20 seconds at most."""
    for _ in range(100):
        listing = httpx.get(f"{desk.mailbox_address}/mailbox", timeout=5).text
        for link in re.findall(r'class="row" href="([^"?]+)"', listing):
            page = httpx.get(f"{desk.mailbox_address}{link}?as=text", timeout=5).text
            # Beside the mail stands the list of all others, with their addresses.
            mail = page.partition('<article class="mail">')[2].partition("</article>")[0]
            if address in mail and re.search(subject, mail):
                return mail
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} about {subject}")


def headers_in(desk: RunningDesk, address: str, subject: str) -> Message:
    """The headers of a mail in the mailbox, as it came there."""
    mail_to(desk, address, subject)
    listing = httpx.get(f"{desk.mailbox_address}/mailbox", timeout=5).text
    for link in re.findall(r'class="row" href="([^"?]+)"', listing):
        page = httpx.get(f"{desk.mailbox_address}{link}?as=source", timeout=5).text
        mail = page.partition('<article class="mail">')[2]
        source = html.unescape(mail.partition('<pre tabindex="0">')[2].partition("</pre>")[0])
        source = source.replace("\r\n", "\n")
        if address in source.partition("\n\n")[0]:
            return HeaderParser().parsestr(source)
    raise AssertionError(f"no mail to {address} about {subject}")


def link_in(mail: str) -> str:
    """The link to its case that a mail carries."""
    found = re.search(r"https?://\S+/c#\S+", html.unescape(mail))
    assert found, mail
    return found.group()
