"""What a call brings: a form, a form with files, or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.shells.playground.telegram.errors import mistake
from bot.shells.playground.telegram.files import Upload
from bot.shells.playground.telegram.records import Json

PLAIN = {
    "text",
    "caption",
    "parse_mode",
    "callback_query_id",
    "inline_query_id",
    "inline_message_id",
    "next_offset",
    "url",
    "secret_token",
    "description",
    "short_description",
    "language_code",
    "action",
    "file_id",
    "photo",
    "document",
}
"""Parameters that are texts. In a form all others are JSON."""
_ATTACHED = "attach://"
_NAME = re.compile(r'\bname="([^"]*)"')
_FILENAME = re.compile(r'\bfilename="([^"]*)"')


async def read_parameters(request: Request) -> Json:
    body = await request.body()
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    uploads: dict[str, Upload] = {}
    parameters: Json = {}
    if kind == "application/json":
        parameters = _json(body.decode()) if body else {}
    elif kind == "multipart/form-data":
        for name, upload in _parts(body, rest):
            if upload.name:
                uploads[name] = upload
            else:
                parameters[name] = _value(name, upload.data.decode())
    else:
        parameters = {name: _value(name, value) for name, value in parse_qsl(body.decode(), keep_blank_values=True)}
    if not isinstance(parameters, dict):
        raise mistake("the body is no JSON object")
    named: Json = {name: upload for name, upload in uploads.items() if name in PLAIN}
    return named | {name: _with_uploads(value, uploads) for name, value in parameters.items()}


def _value(name: str, text: str) -> Any:
    if name in PLAIN or (name == "chat_id" and text.startswith("@")):
        return text
    return _json(text)


def _json(text: str) -> Any:
    reads: Callable[[str], Any] = json.loads
    try:
        return reads(text)
    except ValueError as error:
        raise mistake(f"can't parse JSON ({error})") from error


def _with_uploads(value: Any, uploads: dict[str, Upload]) -> Any:
    """Put each file where attach:// names it."""
    if isinstance(value, str) and value.startswith(_ATTACHED):
        name = value.removeprefix(_ATTACHED)
        if name not in uploads:
            raise mistake(f"no file {name!r} is attached")
        return uploads[name]
    if isinstance(value, dict):
        return {key: _with_uploads(inner, uploads) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_uploads(inner, uploads) for inner in value]
    return value


def _parts(body: bytes, parameters: str) -> Iterator[tuple[str, Upload]]:
    """Name and content of each field of a form; a field without a file name is a text."""
    boundary = parameters.partition("boundary=")[2].strip().strip('"').encode()
    if not boundary:
        raise mistake("a form with files names no boundary")
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.decode().split("\r\n"))
        }
        where = fields.get("content-disposition", "")
        name, filename = _NAME.search(where), _FILENAME.search(where)
        if name is None:
            raise mistake("a field of the form has no name")
        mime = fields.get("content-type", "application/octet-stream")
        yield name[1], Upload(filename[1] if filename else "", data, mime)
