"""Headers that keep a page to itself: nothing from elsewhere, no frame, no guessing of types."""

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import Request, Response

from dondoc.operations.link_tokens import LINKS

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


async def add_security_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Answer with the headers on; a page of counts is never kept, what is static may be."""
    response = await call_next(request)
    response.headers.update(SECURITY_HEADERS)
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    if request.url.path.startswith(f"{LINKS}/"):
        # The address is the key: no other page hears of it, and nobody keeps what it shows.
        response.headers.update({"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"})
    return response
