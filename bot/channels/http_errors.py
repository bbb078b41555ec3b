"""Everything that can go wrong in a request, in OpenAI's shape of an error, each with a sentence."""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from bot import TastemakerError
from bot.channels.http_models import ErrorBody, Problem
from bot.channels.turns import FAILED

_log = structlog.get_logger(__name__)
MOST_BYTES = 1 << 20


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.param = status, code, param
        self.headers: Mapping[str, str] = {"Retry-After": "5"} if code == "opening" else {}


def tell_errors(app: FastAPI) -> None:
    """Makes the app answer all its errors in OpenAI's shape."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> JSONResponse:
        return body(error.status, str(error), error.code, error.param, error.headers)

    @app.exception_handler(TastemakerError)
    async def failed(_: Request, error: TastemakerError) -> JSONResponse:
        return body(503, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        if first["type"] == "json_invalid":
            return body(400, f"The body is not valid JSON ({first['ctx']['error']}).", "invalid_json")
        return body(400, f"The request cannot be used: {place or 'the body'}: {first['msg']}.", param=place or None)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        return body(error.status_code, f"{error.detail}.", headers=error.headers or {})

    @app.exception_handler(Exception)
    async def unforeseen(_: Request, error: Exception) -> JSONResponse:
        _log.error("http turn failed", error=type(error).__name__)  # the server logs where it came from
        return body(500, FAILED)


async def too_large(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers a request with a body beyond the limit."""
    answer = body(413, f"The body is larger than {MOST_BYTES >> 20} MiB. Send fewer or shorter messages.", "too_large")
    await answer(scope, receive, send)


def body(
    status: int,
    message: str,
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Returns an error's response."""
    kind = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    problem = Problem(message=message, type=kind, param=param, code=code)
    return JSONResponse(ErrorBody(error=problem).model_dump(), status, headers)
