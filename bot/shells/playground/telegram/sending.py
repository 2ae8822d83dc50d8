"""Methods that put messages into chats, change them and take them away."""

from __future__ import annotations

from bot.shells.playground.telegram.errors import bad, mistake
from bot.shells.playground.telegram.files import Upload
from bot.shells.playground.telegram.keyboards import read_inline_keyboard, read_reply_keyboard
from bot.shells.playground.telegram.records import Chat, Json, Message
from bot.shells.playground.telegram.texts import read_caption, read_text
from bot.shells.playground.telegram.world import Event, Telegram

DELETABLE_FOR = 48 * 3600
"""Seconds."""
ACTIONS = {"typing", "upload_photo", "upload_document", "find_location", "choose_sticker", "record_voice"}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def send_message(telegram: Telegram, parameters: Json) -> Json:
    return _send(telegram, parameters, read_text(parameters))


def send_photo(telegram: Telegram, parameters: Json) -> Json:
    return _send(telegram, parameters, _picture(telegram, parameters["photo"], parameters))


def send_document(telegram: Telegram, parameters: Json) -> Json:
    document = telegram.files.document(parameters["document"])
    return _send(telegram, parameters, {"document": document} | read_caption(parameters))


def send_chat_action(telegram: Telegram, parameters: Json) -> bool:
    chat = telegram.writable(parameters["chat_id"])
    if parameters["action"] not in ACTIONS:
        raise mistake("wrong parameter action in request")
    telegram.tell(Event("typing", chat.id))
    return True


def edit_text(telegram: Telegram, parameters: Json) -> Json | bool:
    message = _editable(telegram, parameters)
    content = read_text(parameters)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    return _edit(telegram, message, content, parameters)


def edit_caption(telegram: Telegram, parameters: Json) -> Json | bool:
    message = _editable(telegram, parameters)
    if "text" in message.content:
        raise bad("there is no caption in the message to edit")
    media = {key: message.content[key] for key in ("photo", "document") if key in message.content}
    return _edit(telegram, message, media | read_caption(parameters), parameters)


def edit_markup(telegram: Telegram, parameters: Json) -> Json | bool:
    message = _editable(telegram, parameters)
    return _edit(telegram, message, message.content, parameters)


def edit_media(telegram: Telegram, parameters: Json) -> Json | bool:
    message, media = _editable(telegram, parameters), parameters["media"]
    if media.get("type") != "photo":
        raise mistake(f"media of type {media.get('type')!r} is not known")
    if "text" in message.content:
        raise bad("message can't be edited")
    return _edit(telegram, message, _picture(telegram, media["media"], media), parameters)


def delete(telegram: Telegram, parameters: Json) -> bool:
    chat = telegram.writable(parameters["chat_id"])
    message = chat.messages.get(parameters["message_id"])
    if message is None:
        raise bad("message to delete not found")
    if telegram.unix_time - message.sent_at > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    del chat.messages[message.id]
    telegram.tell(Event("deleted", chat.id, message))
    return True


def _picture(telegram: Telegram, source: Upload | str, caption: Json) -> Json:
    return {"photo": telegram.files.photo(source)} | read_caption(caption)


def _send(telegram: Telegram, parameters: Json, content: Json) -> Json:
    chat = telegram.writable(parameters["chat_id"])
    given = parameters.get("reply_markup")
    inline = read_inline_keyboard(given) if given and "inline_keyboard" in given else None
    reply_to = _replied(chat, parameters.get("reply_parameters"))
    if given and "inline_keyboard" not in given:
        chat.reply_keyboard = read_reply_keyboard(given)
    message = telegram.post(
        chat,
        telegram.bot,
        content,
        markup=inline,
        reply_to=reply_to,
        silent=bool(parameters.get("disable_notification")),
    )
    return message.to_json()


def _replied(chat: Chat, reply: Json | None) -> Message | None:
    if not reply:
        return None
    message = chat.messages.get(reply["message_id"])
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return message


def _editable(telegram: Telegram, parameters: Json) -> Message:
    if "inline_message_id" in parameters:
        inline = telegram.inline_messages.get(parameters["inline_message_id"])
        if inline is None:
            raise bad("MESSAGE_ID_INVALID")
        return inline
    if not {"chat_id", "message_id"} <= parameters.keys():
        raise mistake("message identifier is not specified")
    message = telegram.writable(parameters["chat_id"]).messages.get(parameters["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if message.sender != telegram.bot:
        raise bad("message can't be edited")
    return message


def _edit(telegram: Telegram, message: Message, content: Json, parameters: Json) -> Json | bool:
    """An edit that names no buttons takes them away."""
    markup = read_inline_keyboard(parameters.get("reply_markup"))
    if (_shown(content), markup) == (_shown(message.content), message.markup):
        raise bad(_NOT_MODIFIED)
    telegram.edit(message, content, markup)
    return True if "inline_message_id" in parameters else message.to_json()


def _shown(content: Json) -> Json:
    """Without what differs between two uploads of one picture."""
    return {key: value for key, value in content.items() if key != "photo"} | {
        "photo": [size["file_id"] for size in content.get("photo", [])]
    }
