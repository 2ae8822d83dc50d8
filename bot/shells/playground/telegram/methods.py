"""The methods that the bot may call: what each needs and takes, and what it does."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from bot.shells.playground.telegram import answering, sending
from bot.shells.playground.telegram.errors import mistake
from bot.shells.playground.telegram.records import Json
from bot.shells.playground.telegram.webhook import read_address
from bot.shells.playground.telegram.world import Event, Telegram

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Method(NamedTuple):
    run: Callable[[Telegram, Json], Any | Awaitable[Any]]
    needs: str = ""
    takes: str = ""


def method_for(name: str, parameters: Json) -> Method:
    """Raises MistakeError for an unknown method, and for parameters that are missing or unknown."""
    method = METHODS.get(name)
    if method is None:
        raise mistake(f"method {name} is unknown")
    needs, takes = set(method.needs.split()), set(method.takes.split())
    if not needs <= parameters.keys() <= needs | takes:
        raise mistake(
            f"{name} lacks {sorted(needs - parameters.keys())}, and does not know "
            f"{sorted(parameters.keys() - needs - takes)}"
        )
    return method


def _get_me(telegram: Telegram, _: Json) -> Json:
    can = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
    return telegram.bot.to_json() | can


async def _get_updates(telegram: Telegram, parameters: Json) -> list[Json]:
    telegram.updates.allow(parameters.get("allowed_updates"))
    return await telegram.updates.poll(
        parameters.get("offset", 0), parameters.get("limit", 100), parameters.get("timeout", 0)
    )


async def _set_webhook(telegram: Telegram, parameters: Json) -> bool:
    if not parameters["url"]:
        return await _delete_webhook(telegram, parameters)
    address = read_address(parameters)
    telegram.updates.allow(parameters.get("allowed_updates"))
    _drop_if_asked(telegram, parameters)
    await telegram.webhook.set(address)
    return True


async def _delete_webhook(telegram: Telegram, parameters: Json) -> bool:
    await telegram.webhook.delete()
    _drop_if_asked(telegram, parameters)
    return True


def _drop_if_asked(telegram: Telegram, parameters: Json) -> None:
    if parameters.get("drop_pending_updates"):
        telegram.updates.drop()


def _get_webhook_info(telegram: Telegram, _: Json) -> Json:
    return telegram.webhook.describe()


def _set_commands(telegram: Telegram, parameters: Json) -> bool:
    commands = parameters["commands"]
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise mistake("BOT_COMMAND_INVALID")
    if len(commands) > MOST_COMMANDS:
        raise mistake("BOT_COMMANDS_TOO_MUCH")
    telegram.commands[_scope(parameters)] = commands
    telegram.tell(Event("menu", content={"commands": commands}))
    return True


def _get_commands(telegram: Telegram, parameters: Json) -> list[Json]:
    return telegram.commands.get(_scope(parameters), [])


def _delete_commands(telegram: Telegram, parameters: Json) -> bool:
    telegram.commands.pop(_scope(parameters), None)
    return True


def _scope(parameters: Json) -> tuple[str, str]:
    scope = parameters.get("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), parameters.get("language_code", "")


def _describe(key: str, most: int) -> Callable[[Telegram, Json], bool]:
    def run(telegram: Telegram, parameters: Json) -> bool:
        text = parameters.get(key, "")
        if len(text) > most:
            raise mistake(f"{key} is too long")
        telegram.descriptions[key] = text
        return True

    return run


def _get_file(telegram: Telegram, parameters: Json) -> Json:
    return telegram.files.describe(parameters["file_id"])


_SEND = "parse_mode disable_notification protect_content reply_markup reply_parameters allow_paid_broadcast"
_MEDIA = f"{_SEND} caption caption_entities show_caption_above_media"
_WHERE = "chat_id message_id inline_message_id reply_markup"

METHODS = {
    "getMe": Method(_get_me),
    "getUpdates": Method(_get_updates, takes="offset limit timeout allowed_updates"),
    "setWebhook": Method(
        _set_webhook, "url", "secret_token max_connections allowed_updates drop_pending_updates ip_address"
    ),
    "deleteWebhook": Method(_delete_webhook, takes="drop_pending_updates"),
    "getWebhookInfo": Method(_get_webhook_info),
    "setMyCommands": Method(_set_commands, "commands", "scope language_code"),
    "getMyCommands": Method(_get_commands, takes="scope language_code"),
    "deleteMyCommands": Method(_delete_commands, takes="scope language_code"),
    "setMyDescription": Method(_describe("description", 512), takes="description language_code"),
    "setMyShortDescription": Method(_describe("short_description", 120), takes="short_description language_code"),
    "sendMessage": Method(sending.send_message, "chat_id text", f"{_SEND} entities link_preview_options"),
    "sendPhoto": Method(sending.send_photo, "chat_id photo", _MEDIA),
    "sendDocument": Method(sending.send_document, "chat_id document", f"{_MEDIA} disable_content_type_detection"),
    "sendChatAction": Method(sending.send_chat_action, "chat_id action"),
    "editMessageText": Method(sending.edit_text, "text", f"{_WHERE} parse_mode entities link_preview_options"),
    "editMessageCaption": Method(
        sending.edit_caption, takes=f"{_WHERE} caption parse_mode caption_entities show_caption_above_media"
    ),
    "editMessageReplyMarkup": Method(sending.edit_markup, takes=_WHERE),
    "editMessageMedia": Method(sending.edit_media, "media", _WHERE),
    "deleteMessage": Method(sending.delete, "chat_id message_id"),
    "answerCallbackQuery": Method(
        answering.answer_callback_query, "callback_query_id", "text show_alert url cache_time"
    ),
    "answerInlineQuery": Method(
        answering.answer_inline_query, "inline_query_id results", "cache_time is_personal next_offset button"
    ),
    "getFile": Method(_get_file, "file_id"),
}
