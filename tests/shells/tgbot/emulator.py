"""A small Bot API server on loopback, and people who talk through it.

It knows the methods this bot uses and is stricter than Telegram: an unknown method, a text that cannot be read or is
too long, button data that is too long, and an edit that changes nothing are refused, and each refusal that would be our
mistake is kept in `violations`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.shells.tgbot.markup import Part, read_html

TOKEN = "123456:test-token-that-must-not-be-logged"  # noqa: S105 - it opens nothing
PATIENCE = 10.0
"""Seconds that a test waits for the bot before it fails."""
Json = dict[str, Any]


class RefusedError(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
        self.code = code


def bad(description: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {description}")


@dataclass
class Shown:
    """A message of the bot, as a person sees it."""

    id: int
    text: str
    parts: list[Part]
    rows: list[list[Json]]
    file: tuple[str, bytes] | None = None
    """The name and content of a document; the text is its caption then."""

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]

    def texts(self, tag: str) -> list[str]:
        return [part.text for part in self.parts if part.tag == tag]

    def data(self, label: str) -> str:
        found = [b["callback_data"] for row in self.rows for b in row if b["text"] == label]
        assert found, f"no button {label!r} in {self.labels}"
        return str(found[0])


@dataclass
class Fault:
    """What to answer instead of doing what a method asks."""

    method: str
    error: RefusedError
    chat_id: int | None = None


@dataclass
class Emulator:
    token: str = TOKEN
    base_url: str = ""
    calls: list[tuple[str, Json]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _people: dict[int, Person] = field(default_factory=dict)
    _photos: dict[str, bytes] = field(default_factory=dict)
    """By file_id."""
    _pending: list[Json] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: int = 0

    async def __aenter__(self) -> Emulator:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/bot"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        await self._runner.cleanup()
        if kind is None:
            assert self.violations == []

    def person(self, chat_id: int = 1) -> Person:
        return self._people.setdefault(chat_id, Person(self, chat_id))

    def called(self, method: str) -> list[Json]:
        return [parameters for name, parameters in self.calls if name == method]

    def next_id(self) -> int:
        self._ids += 1
        return self._ids

    def push(self, kind: str, content: Json) -> None:
        self._pending.append({"update_id": self.next_id(), kind: content})
        self._arrived.set()

    async def _serve(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.json_response(RefusedError(401, "Unauthorized").body, status=401)
        method = request.match_info["method"]
        form = await request.post()
        parameters = {key: _value(value) for key, value in form.items() if isinstance(value, str)}
        # PTB names a file's form field anew each time, and says which one it is with attach://.
        parameters |= {"files": [(f.filename, f.file.read()) for f in form.values() if isinstance(f, web.FileField)]}
        if method != "getUpdates":
            self.calls.append((method, parameters))
        try:
            self._fail(method, parameters)
            answer = getattr(self, f"_{method}", None)
            if answer is None:
                raise self._violation(f"method {method} is unknown")
            result = answer(parameters)
            if method == "getUpdates":
                result = await result
        except RefusedError as refusal:
            return web.json_response(refusal.body, status=refusal.code)
        return web.json_response({"ok": True, "result": result})

    def _fail(self, method: str, parameters: Json) -> None:
        for fault in self.faults:
            if fault.method == method and fault.chat_id in (None, parameters.get("chat_id")):
                self.faults.remove(fault)
                raise fault.error

    def _violation(self, description: str) -> RefusedError:
        self.violations.append(description)
        return bad(description)

    def _getMe(self, _: Json) -> Json:  # noqa: N802 - the Bot API's names
        return {"id": 123456, "is_bot": True, "first_name": "Osteon", "username": "osteon_bot"}

    def _deleteWebhook(self, _: Json) -> bool:  # noqa: N802
        return True

    def _setMyCommands(self, parameters: Json) -> bool:  # noqa: N802
        if not all(1 <= len(command["description"]) <= 256 for command in parameters["commands"]):
            raise self._violation("a command's description has no fitting length")
        return True

    def _sendChatAction(self, _: Json) -> bool:  # noqa: N802
        return True

    async def _getUpdates(self, parameters: Json) -> list[Json]:  # noqa: N802
        self._pending = [u for u in self._pending if u["update_id"] >= parameters.get("offset", 0)]
        if not self._pending:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), parameters.get("timeout", 0))
            except TimeoutError:
                return []
        return list(self._pending)

    def _sendMessage(self, parameters: Json) -> Json:  # noqa: N802
        person = self.person(parameters["chat_id"])
        return person.show(self._message(self.next_id(), parameters))

    def _sendDocument(self, parameters: Json) -> Json:  # noqa: N802
        person = self.person(parameters["chat_id"])
        message = self._message(self.next_id(), parameters | {"text": parameters["caption"]})
        if len(message.text) > 1024 or len(parameters["files"]) != 1:
            raise self._violation(f"{len(parameters['files'])} files, a caption of {len(message.text)} characters")
        (message.file,) = parameters["files"]
        return person.show(message)

    def _sendPhoto(self, parameters: Json) -> Json:  # noqa: N802
        person = self.person(parameters["chat_id"])
        message = self._message(self.next_id(), parameters | {"text": parameters["caption"]})
        if len(message.text) > 1024:
            raise self._violation(f"a caption of {len(message.text)} characters")
        sent = (
            parameters["files"][0] if parameters["files"] else (parameters["photo"], self._photos[parameters["photo"]])
        )
        message.file = sent
        file_id = sent[0] if not parameters["files"] else f"photo-{self.next_id()}"
        self._photos[file_id] = sent[1]
        size = {"file_id": file_id, "file_unique_id": file_id, "width": 1080, "height": 1920}
        return person.show(message) | {"photo": [size | {"file_id": "small", "width": 90, "height": 160}, size]}

    def _editMessageText(self, parameters: Json) -> Json:  # noqa: N802
        person = self.person(parameters["chat_id"])
        before = person.messages.get(parameters["message_id"])
        if before is None:
            raise bad("message to edit not found")
        after = self._message(before.id, parameters)
        if (before.text, before.rows) == (after.text, after.rows):
            raise bad("message is not modified")
        return person.show(after)

    def _answerCallbackQuery(self, parameters: Json) -> bool:  # noqa: N802
        for person in self._people.values():
            if parameters["callback_query_id"] in person.spinning:
                person.spinning.remove(parameters["callback_query_id"])
                person.answers.put_nowait(parameters)
                return True
        raise bad("query is too old and response timeout expired or query ID is invalid")

    def _message(self, id_: int, parameters: Json) -> Shown:
        try:
            text, parts = read_html(parameters["text"])
        except ValueError as error:
            raise self._violation(f"can't parse entities: {error}") from error
        if not 1 <= len(text.strip()) <= 4096 or parameters["parse_mode"] != "HTML":
            raise self._violation(f"a text of {len(text)} characters")
        if len(parts) > 100:
            raise self._violation(f"{len(parts)} entities")
        if "caption" not in parameters and not parameters["link_preview_options"]["is_disabled"]:
            raise self._violation("a link would show a preview")
        rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        if len(buttons) > 100 or not all(1 <= len(button["callback_data"].encode()) <= 64 for button in buttons):
            raise self._violation("button data invalid")
        return Shown(id_, text.strip(), parts, rows)


@dataclass
class Person:
    """Somebody in a private chat with the bot (or, below zero, in a group)."""

    emulator: Emulator
    chat_id: int
    messages: dict[int, Shown] = field(default_factory=dict)
    spinning: list[str] = field(default_factory=list)
    answers: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    """Answers to pressed buttons."""
    _shown: asyncio.Queue[Shown] = field(default_factory=asyncio.Queue)

    def send(self, text: str | None = None, kind: str = "message", **content: Any) -> None:
        message = self._envelope() | content
        if text is not None:
            message["text"] = text
            if text.startswith("/"):
                command = text.split()[0]
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        self.emulator.push(kind, message)

    async def ask(self, text: str | None = None, **content: Any) -> Shown:
        self.send(text, **content)
        return await self.sees()

    async def sees(self) -> Shown:
        """The next new or edited message."""
        return await asyncio.wait_for(self._shown.get(), PATIENCE)

    def tap(self, data: str, message_id: int) -> None:
        id_ = f"query-{self.emulator.next_id()}"
        self.spinning.append(id_)
        message = self._envelope() | {"message_id": message_id, "text": "…"}
        query = {"id": id_, "from": message["from"], "chat_instance": "1", "message": message, "data": data}
        self.emulator.push("callback_query", query)

    async def press(self, label: str, shown: Shown) -> Shown:
        self.tap(shown.data(label), shown.id)
        await self.answered()
        return await self.sees()

    async def answered(self) -> Json:
        """How the bot stopped the spinning of a pressed button."""
        return await asyncio.wait_for(self.answers.get(), PATIENCE)

    def sees_nothing_more(self) -> bool:
        return self._shown.empty()

    def show(self, message: Shown) -> Json:
        self.messages[message.id] = message
        self._shown.put_nowait(message)
        return self._envelope() | {"message_id": message.id, "text": message.text}

    def _envelope(self) -> Json:
        kind = {"type": "private"} if self.chat_id > 0 else {"type": "group", "title": "Family"}
        return {
            "message_id": self.emulator.next_id(),
            "date": 1_700_000_000,
            "chat": {"id": self.chat_id} | kind,
            "from": {"id": abs(self.chat_id), "is_bot": False, "first_name": "Ann"},
        }


def _value(text: str) -> Any:
    """PTB sends numbers and objects as JSON, texts as they are."""
    reads: Callable[[str], Any] = json.loads
    try:
        return reads(text) if text[:1] in "{[-0123456789tf" else text
    except ValueError:
        return text
