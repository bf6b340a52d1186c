"""The pages of a letter's one-time links: GET shows what would be done and changes nothing, POST does it, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.types import Message, Receive

from dondoc.errors import DondocError, InvalidInput, NotFound, Refused
from dondoc.operations.link_tokens import LINKS, Link, LinkProblem, link_signer
from dondoc.operations.links import follow_link, view_link
from dondoc.operations.rules import office_rules
from dondoc.operations.submissions import MAX_FILE_BYTES, FileDraft
from dondoc.settings import Settings
from dondoc.web.database import DatabaseDoor
from dondoc.web.pages import link_page, link_problem_page
from models.vocabulary import Act
from policies.reasons import Reason

MOST_FILES: Final = 10
LONGEST_BODY_BYTES: Final = MOST_FILES * MAX_FILE_BYTES
LONGEST_TEXT: Final = 2_000
"""Characters of a reason or a number."""

TOO_LARGE: Final = InvalidInput(Reason("what was sent is too large; hand in fewer or smaller files"))


@dataclass(frozen=True, slots=True)
class _Filled:
    """The form as it was filled in."""

    number: str | None
    minutes: str | None
    to: date | None
    why: str | None
    files: tuple[FileDraft, ...]


def add_link_pages(app: FastAPI, settings: Settings, door: DatabaseDoor, clock: Callable[[], datetime]) -> None:
    """Serve what the links of letters open; `clock` says what time it is."""
    pages = _LinkPages(settings, door, clock)

    @app.get(LINKS + "/{token}", response_class=HTMLResponse)
    def show(token: str) -> Response:
        return pages.show(token)

    @app.head(LINKS + "/{token}")
    def glance(token: str) -> Response:
        del token  # a scanner that looks whether the address answers learns nothing, not even whether the link is real
        return Response()

    @app.post(LINKS + "/{token}")
    async def act(token: str, request: Request) -> Response:
        # Nobody sends anything here who does not hold a link.
        problem = await run_in_threadpool(pages.problem, token)
        if problem is not None:
            return problem
        try:
            filled = await _filled(Request(request.scope, _bounded(request.receive)))
        except _TooLargeError:
            return await run_in_threadpool(pages.show, token, refusal=TOO_LARGE, code=413)
        return await run_in_threadpool(pages.act, token, filled)


class _TooLargeError(Exception):
    """More was sent than a form may hold."""


def _bounded(receive: Receive) -> Receive:
    """Receive no more than a form may hold, however its length was announced. Raises _TooLargeError."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LONGEST_BODY_BYTES:
            raise _TooLargeError
        return message

    return counted


class _LinkPages:
    def __init__(self, settings: Settings, door: DatabaseDoor, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._door = door
        self._clock = clock

    def problem(self, token: str) -> Response | None:
        """Give the page that says why a token opens nothing, or None."""
        link = link_signer(self._settings).read(token, self._clock())
        return self._problem(link) if isinstance(link, LinkProblem) else None

    def show(self, token: str, *, refusal: DondocError | None = None, code: int = 200) -> Response:
        now = self._clock()
        link = link_signer(self._settings).read(token, now)
        if isinstance(link, LinkProblem):
            return self._problem(link)
        try:
            view = view_link(self._door.database(), link)
        except NotFound:
            return self._problem(LinkProblem.UNKNOWN)
        return HTMLResponse(link_page(view, now, self._settings.language, refusal=refusal), code)

    def act(self, token: str, filled: _Filled | InvalidInput) -> Response:
        now = self._clock()
        link = link_signer(self._settings).read(token, now)
        if isinstance(link, LinkProblem):
            return self._problem(link)
        if isinstance(filled, InvalidInput):
            return self.show(token, refusal=filled, code=HTTPStatus.BAD_REQUEST)
        try:
            self._follow(link, filled, now)
        except InvalidInput as error:
            return self.show(token, refusal=error, code=HTTPStatus.BAD_REQUEST)
        except (Refused, NotFound) as error:
            return self.show(token, refusal=error, code=HTTPStatus.CONFLICT)
        return RedirectResponse(f"{LINKS}/{token}", HTTPStatus.SEE_OTHER)

    def _follow(self, link: Link, filled: _Filled, now: datetime) -> None:
        # One click too early would hand in nothing, and stop the clock.
        if link.act is Act.SUBMIT and filled.number is None and not filled.files:
            raise InvalidInput(Reason("nothing was handed in: give the number of a document, or a file"))
        rules = office_rules(self._settings.home, self._settings.mail_from.rpartition("@")[2])
        follow_link(
            self._door.database(),
            link,
            now=now,
            rules=rules,
            number=filled.number if link.act is Act.SUBMIT else None,
            minutes=filled.minutes if link.act is Act.SUBMIT else None,
            files=filled.files if link.act is Act.SUBMIT else (),
            to=filled.to if link.act is Act.EXTEND else None,
            why=filled.why if link.act is Act.EXTEND else None,
        )

    def _problem(self, problem: LinkProblem) -> HTMLResponse:
        code = HTTPStatus.GONE if problem is LinkProblem.EXPIRED else HTTPStatus.NOT_FOUND
        return HTMLResponse(link_problem_page(problem, self._settings.language), code)


async def _filled(request: Request) -> _Filled | InvalidInput:
    async with request.form(max_files=MOST_FILES, max_fields=20) as form:
        try:
            return _Filled(
                _text(form, "number"), _text(form, "minutes"), _day(form), _text(form, "why"), await _files(form)
            )
        except InvalidInput as error:
            return error


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value.strip()[:LONGEST_TEXT] or None if isinstance(value, str) else None


def _day(form: FormData) -> date | None:
    text = _text(form, "to")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(Reason("%(text)s is not a date", text=repr(text[:40]))) from None


async def _files(form: FormData) -> tuple[FileDraft, ...]:
    found = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
    if any((one.size or 0) > MAX_FILE_BYTES for one in found):
        raise InvalidInput(Reason("a file may have %(most)s MB at most; split it", most=MAX_FILE_BYTES // 1024 // 1024))
    return tuple([FileDraft(one.filename or "", await one.read()) for one in found])
