"""The application that `dondoc up` serves: one page with the counts, and `/healthz`."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from dondoc.clock import moment
from dondoc.errors import DatabaseFailed, DondocError, InvalidInput, NotFound, NotInitialised
from dondoc.operations.rules import office_ladder
from dondoc.operations.status import status
from dondoc.settings import Settings, load_settings
from dondoc.web.database import DatabaseDoor
from dondoc.web.headers import add_security_headers
from dondoc.web.links import add_link_pages
from dondoc.web.pages import board_page, error_page
from models.migrations import SCHEMA

STATIC: Final = Path(__file__).parent / "static"
STATUS_OF: Final = {
    InvalidInput: HTTPStatus.BAD_REQUEST,
    NotFound: HTTPStatus.NOT_FOUND,
    NotInitialised: HTTPStatus.SERVICE_UNAVAILABLE,
    DatabaseFailed: HTTPStatus.SERVICE_UNAVAILABLE,
}


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] | None = None) -> FastAPI:
    """Make the application for `settings`, by default those of the process that serves it, and by its clock."""
    clock = clock or partial(moment, None, "now")
    settings = settings or load_settings()
    door = DatabaseDoor(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        door.close()

    app = FastAPI(title="dondoc", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.middleware("http")(add_security_headers)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _add_error_pages(app)
    add_link_pages(app, settings, door, clock)

    @app.get("/", response_class=HTMLResponse)
    def board(as_of: str = "", unit: str = "") -> str:
        now = moment(as_of, "as_of") if as_of else clock()
        days = office_ladder(settings.home).policy.due_soon_days
        picture = status(door.database(), now=now, due_soon_days=days, unit=unit or None)
        return board_page(picture, looks_back=bool(as_of))

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        try:
            dialect = door.check().dialect
        except DondocError as error:
            return JSONResponse({"ok": False, "why": str(error)}, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({"ok": True, "database": dialect, "schema": SCHEMA})

    return app


def _add_error_pages(app: FastAPI) -> None:
    @app.exception_handler(DondocError)
    def on_own_error(_: Request, error: DondocError) -> HTMLResponse:
        return _error(STATUS_OF.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR), str(error))

    @app.exception_handler(SQLAlchemyError)
    def on_database_error(_: Request, error: SQLAlchemyError) -> HTMLResponse:
        del error  # it holds statements and values, which are nobody's business in a browser
        return _error(HTTPStatus.SERVICE_UNAVAILABLE, str(DatabaseFailed()))

    @app.exception_handler(HTTPException)
    def on_http_error(_: Request, error: HTTPException) -> HTMLResponse:
        return _error(HTTPStatus(error.status_code), "")


def _error(code: HTTPStatus, says: str) -> HTMLResponse:
    return HTMLResponse(error_page(code, says), code)
