"""The playground's web server: the emulator of the Bot API, the page, and what the page asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.shells.playground.actions import ACTIONS, move_on
from bot.shells.playground.guard import Guard
from bot.shells.playground.inspector import inspect
from bot.shells.playground.stage import Stage
from bot.shells.playground.telegram.errors import RefusedError
from bot.shells.playground.telegram.records import Json
from bot.shells.playground.telegram.server import routes

PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff\xe0": "image/jpeg", b"\xff\xd8\xff\xe1": "image/jpeg"}
MOST_BYTES = 64 * 1024
"""Of what the page asks for at once."""
HEARTBEAT = 15.0
"""Seconds after which a page that nothing happens on is told that we are still here."""


def build_app(stage: Stage, port: int, closing: asyncio.Event) -> Starlette:
    """`closing` ends the streams of events, which would else keep the server from closing."""
    page = Page(stage, closing)
    files = [
        Route("/" if path.name == "index.html" else f"/{path.name}", _file(path))
        for path in sorted(PAGE.iterdir())
        if path.suffix in TYPES
    ]
    own = [
        Route("/events", page.events),
        Route("/do/{action}", page.act, methods=["POST"]),
        Route("/inspect/{chat:int}/{message:int}", page.inspect),
        Route("/file/{file_id}", page.download),
    ]
    guard = Middleware(Guard, port=port)
    return Starlette(routes=[*files, *own, *routes(stage.telegram)], middleware=[guard])


class Page:
    """What the page asks for."""

    def __init__(self, stage: Stage, closing: asyncio.Event) -> None:
        self._stage = stage
        self._closing = closing

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def act(self, request: Request) -> Response:
        try:
            asked = await _asked(request)
            if request.path_params["action"] == "clock":
                return JSONResponse(await move_on(self._stage, asked))
            return JSONResponse(ACTIONS[request.path_params["action"]](self._stage, asked))
        except RefusedError as refusal:
            return JSONResponse({"error": str(refusal)}, 400)
        except (KeyError, OverflowError, TypeError, ValueError):
            return JSONResponse({"error": "this cannot be asked for"}, 400)

    async def inspect(self, request: Request) -> Response:
        chat_id, message_id = request.path_params["chat"], request.path_params["message"]
        chat = self._stage.telegram.chats.get(chat_id)
        message = chat.messages.get(message_id) if chat else None
        if message is None:
            return JSONResponse({"error": "the message is gone"}, 404)
        decision = self._stage.decisions.behind(chat_id, message_id)
        return JSONResponse(await asyncio.to_thread(inspect, message, decision, self._stage.know))

    async def download(self, request: Request) -> Response:
        try:
            upload = self._stage.telegram.files.get(request.path_params["file_id"])
        except RefusedError as refusal:
            return JSONResponse({"error": str(refusal)}, 404)
        picture = PICTURES.get(upload.data[:4])
        if picture:
            return Response(upload.data, media_type=picture)
        attached = {"Content-Disposition": "attachment"}  # never shown as a page of ours
        return Response(upload.data, media_type="application/octet-stream", headers=attached)

    async def _stream(self) -> AsyncIterator[str]:
        closed = asyncio.create_task(self._closing.wait())
        with self._stage.watching() as queue:
            told = asyncio.create_task(queue.get())
            try:
                while not closed.done():
                    await asyncio.wait({told, closed}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                    if told.done():
                        yield f"data: {json.dumps(told.result(), ensure_ascii=False)}\n\n"
                        told = asyncio.create_task(queue.get())
                    else:
                        yield ": still here\n\n"
            finally:
                closed.cancel()
                told.cancel()


def _file(path: Path) -> Callable[[Request], Response]:
    """Read once, so that the page fits the program even when its files change below it."""
    content, kind = path.read_bytes(), TYPES[path.suffix]
    return lambda _request: Response(content, media_type=kind)


async def _asked(request: Request) -> Json:
    if request.headers.get("content-type") != "application/json":
        raise ValueError("only JSON, which no form of another site can send")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ValueError("too long")
    asked = json.loads(body)
    if not isinstance(asked, dict):
        raise TypeError("no object")
    return asked
