"""What is said when something goes wrong: as a page for people, as JSON for programs; never a traceback."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES, Text
from safarnama.web.guard import HEADERS
from safarnama.web.rendering import page

_NOT_HERE = Text(
    en="There is nothing at this address. It may have moved, or a letter is missing.",
    fa="در این نشانی چیزی نیست. شاید جابه‌جا شده یا حرفی از آن افتاده است.",
)
_METHOD = Text(
    en="This address does not take {method}. /api/docs says what each one takes.",
    fa="این نشانی {method} نمی‌پذیرد. در /api/docs آمده که هر نشانی چه می‌پذیرد.",
)
_REQUEST = Text(
    en="The request is not as it should be, at {place}: {problem}. /api/docs shows its form.",
    fa="درخواست در {place} درست نیست: {problem}. شکل درست آن در /api/docs است.",
)
_FAULT = Text(
    en="Safarnama stumbled here; it is not what you did. The terminal where it runs says where.",
    fa="سفرنامه اینجا خطا کرد؛ تقصیر شما نیست. محل خطا در ترمینالی که سفرنامه در آن اجراست نوشته شده.",
)


class Missing(Mistake):
    """What was asked for is not here."""


def missing(en: str, fa: str, **arguments: Any) -> Missing:
    """The mistake of asking for what is not here, with what to do instead."""
    return Missing(Text(en, fa), **arguments)


def _answer(request: Request, status: int, code: str, mistake: Mistake) -> Response:
    if request.url.path.startswith("/api/"):
        said = {language: mistake.say(language) for language in LANGUAGES}
        return JSONResponse({"code": code, "message": said}, status)
    return page(request, "mistake.html", status, code=code, mistake=mistake)


async def _mistake(request: Request, error: Exception) -> Response:
    assert isinstance(error, Mistake)
    if isinstance(error, Missing):
        return _answer(request, 404, "missing", error)
    return _answer(request, 422, "mistake", error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, 404, "missing", Missing(_NOT_HERE))
    return _answer(request, error.status_code, "refused", Mistake(_METHOD, method=request.method))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return _answer(request, 422, "request", Mistake(_REQUEST, place=place, problem=first["msg"]))


async def _fault(request: Request, error: Exception) -> Response:
    # This is answered outside all that stands before the pages, so it brings the headers itself; the server logs where.
    answer = _answer(request, 500, "fault", Mistake(_FAULT))
    answer.headers.update(HEADERS)
    return answer


def teach(app: FastAPI) -> None:
    """Let the app answer every mistake in words."""
    app.add_exception_handler(Mistake, _mistake)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _fault)
