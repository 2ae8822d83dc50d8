"""The Bot API over HTTP: routes for a Starlette application."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.shells.playground.telegram.errors import MistakeError, RefusedError
from bot.shells.playground.telegram.faults import Broken, Delay, take
from bot.shells.playground.telegram.methods import Method, method_for
from bot.shells.playground.telegram.parameters import read_parameters
from bot.shells.playground.telegram.records import Json
from bot.shells.playground.telegram.world import Telegram

_UNAUTHORISED = RefusedError(401, "Unauthorized")


class CutShort(Response):
    """Ends the connection in the midst of an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"99")]})


def routes(telegram: Telegram) -> list[Route]:
    async def call(request: Request) -> Response:
        return await _answer(telegram, request)

    async def download(request: Request) -> Response:
        if request.path_params["token"] != telegram.token:
            return JSONResponse(_UNAUTHORISED.body, status_code=401)
        try:
            upload = telegram.files.get(request.path_params["file_id"])
        except RefusedError as refusal:
            return JSONResponse(refusal.body, status_code=404)
        return Response(upload.data, media_type="application/octet-stream")

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{file_id}", download),
    ]


async def _answer(telegram: Telegram, request: Request) -> Response:
    name = request.path_params["method"]
    try:
        if request.path_params["token"] != telegram.token:
            raise _UNAUTHORISED
        parameters = await read_parameters(request)
        if name != "getUpdates":
            telegram.calls.append((name, parameters))
        return await _perform(telegram, request, name, parameters)
    except MistakeError as refusal:
        telegram.violations.append(f"{name}: {refusal}")
        return _refused(refusal)
    except RefusedError as refusal:
        return _refused(refusal)


async def _perform(telegram: Telegram, request: Request, name: str, parameters: Json) -> Response:
    fault = take(telegram.faults, name, parameters)
    error = fault.error if fault else None
    match error:
        case RefusedError():
            raise error
        case Broken.RESET:
            return CutShort()
        case Broken.BAD_GATEWAY:
            return HTMLResponse("<html><head><title>502 Bad Gateway</title></head></html>", 502)
        case Broken.GARBAGE:
            return Response('{"ok":true,"result":{"mess', media_type="application/json")
        case Delay():
            await error.until()
    result = await _run(telegram, request, method_for(name, parameters), parameters)
    return CutShort() if error == Broken.RESET_AFTER else JSONResponse({"ok": True, "result": result})


async def _run(telegram: Telegram, request: Request, method: Method, parameters: Json) -> Any:
    """The result; a poll whose bot has gone is given up."""
    result = method.run(telegram, parameters)
    if not inspect.isawaitable(result):
        return result
    running = asyncio.ensure_future(result)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({running, gone}, return_when=asyncio.FIRST_COMPLETED)
        return running.result() if running.done() else []
    finally:
        gone.cancel()
        running.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _refused(refusal: RefusedError) -> Response:
    wait = refusal.body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait is not None else None
    return JSONResponse(refusal.body, refusal.code, headers)
