"""Methods that answer what people press and type."""

from __future__ import annotations

import re

from bot.shells.playground.telegram.errors import mistake
from bot.shells.playground.telegram.keyboards import read_inline_keyboard
from bot.shells.playground.telegram.records import Json
from bot.shells.playground.telegram.texts import read_caption, read_text
from bot.shells.playground.telegram.world import Event, Telegram

MOST_RESULTS = 50
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(telegram: Telegram, parameters: Json) -> bool:
    if len(parameters.get("text", "")) > 200:
        raise mistake("MESSAGE_TOO_LONG")
    query = telegram.query(parameters["callback_query_id"])
    query.close()
    telegram.tell(Event("answered", query.chat_id, content=parameters | {"from": query.sender.id}))
    return True


def answer_inline_query(telegram: Telegram, parameters: Json) -> bool:
    results = parameters["results"]
    ids = [str(result.get("id", "")) for result in results]
    if len(results) > MOST_RESULTS or len(set(ids)) < len(ids):
        raise mistake("RESULTS_TOO_MUCH" if len(results) > MOST_RESULTS else "RESULT_ID_DUPLICATE")
    if not all(1 <= len(id_.encode()) <= 64 for id_ in ids):
        raise mistake("RESULT_ID_INVALID")
    if len(parameters.get("next_offset", "").encode()) > 64:
        raise mistake("NEXT_OFFSET_INVALID")
    if not _START.fullmatch(parameters.get("button", {}).get("start_parameter", "x")):
        raise mistake("START_PARAM_INVALID")
    messages = {id_: _message(telegram, result) for id_, result in zip(ids, results, strict=True)}
    query = telegram.query(parameters["inline_query_id"])
    query.close()
    query.results = messages
    telegram.tell(Event("inline", content=parameters | {"from": query.sender.id}))
    return True


def _message(telegram: Telegram, result: Json) -> Json:
    """The message that a result becomes when somebody chooses it; `reply_markup` is its keyboard."""
    markup = read_inline_keyboard(result.get("reply_markup"))
    return _content(telegram, result) | ({"reply_markup": markup} if markup else {})


def _content(telegram: Telegram, result: Json) -> Json:
    sent = result.get("input_message_content")
    match result.get("type"):
        case "article" if result.get("title") and sent:
            return read_text(sent, "message_text")
        case "photo" if "photo_file_id" in result:
            return read_text(sent, "message_text") if sent else _photo(telegram, result)
    raise mistake(f"an inline result of type {result.get('type')!r} lacks something or is not known")


def _photo(telegram: Telegram, result: Json) -> Json:
    return {"photo": telegram.files.photo(str(result["photo_file_id"]))} | read_caption(result)
