"""The REST interface of transcripts. It translates and calls; no rule lives here."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from chassis.admits import person
from chassis.describing import fails
from chassis.tokens import Identity
from services.transcripts.domain import (
    CaseNotAssigned,
    ConversationUnknown,
    EmailUnknown,
    TooManyTranscripts,
    TranscriptEmpty,
)
from services.transcripts.handlers import Form, Transcripts
from services.transcripts.schemas import MailRequest, MailRequested, Reading

MEDIA: Final[Mapping[Form, str]] = {
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
}
# A transcript is somebody's private letter: no cache keeps it, and should it ever be opened in place
# it runs nothing and reaches nothing.
_HEADERS: Final = {
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}

router = APIRouter(prefix="/api/transcripts", tags=["transcripts"])


def _transcripts(request: Request) -> Transcripts:
    transcripts: Transcripts = request.app.state.transcripts
    return transcripts


Reader = Annotated[Identity, Depends(person("transcripts:read"))]
Sender = Annotated[Identity, Depends(person("transcripts:write"))]
TheTranscripts = Annotated[Transcripts, Depends(_transcripts)]


@router.get(
    "/conversations/{conversation_id}.{form}",
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA.values()}}},
)
@fails(ConversationUnknown, TranscriptEmpty)
async def download_transcript(
    conversation_id: str,
    form: Form,
    reading: Annotated[Reading, Query()],
    reader: Reader,
    transcripts: TheTranscripts,
) -> Response:
    """The whole conversation as a file, in the reader's language and time zone."""
    file = await transcripts.download(reader, conversation_id, form, reading.wish())
    disposition = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=MEDIA[form], headers=_HEADERS | disposition)


@router.post("/conversations/{conversation_id}/mails", status_code=202)
@fails(ConversationUnknown, TranscriptEmpty, EmailUnknown, CaseNotAssigned, TooManyTranscripts)
async def mail_transcript(
    conversation_id: str, wanted: MailRequest, sender: Sender, transcripts: TheTranscripts
) -> MailRequested:
    """Mail the whole conversation. The same request again is the same mail."""
    order, wish = wanted.order(), wanted.wish()
    return MailRequested(mail_id=await transcripts.mail(sender, conversation_id, order, wish))
