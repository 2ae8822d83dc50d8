"""What a message asks of us.

In a private chat every message is meant for us. In a group one is that names us, replies to us, or begins with a
command of ours; to all others we are silent, also where Telegram's privacy mode is off and lets us read them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext import filters

from bot.shells.tgbot import texts

_KNOWN = "|".join(name for name, _ in texts.COMMANDS)
_KNOWN_COMMAND = re.compile(rf"\A/(?:{_KNOWN})(?:@\w+)?(?:\s+|$)", re.IGNORECASE)
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?")
_NAMES_US = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)


class Addressed(filters.MessageFilter):
    """Lets through what asks something of us, with text or caption."""

    def filter(self, message: Message) -> bool:
        return question_in(message, message.get_bot()) is not None


def question_in(message: Message, bot: Bot) -> str | None:
    """The text without our name and without a command of ours before it; None if it is not meant for us.

    Who only calls us, in reply to what somebody else said, asks us to answer that.
    """
    text = message.text or message.caption
    if not text or _is_our_own_offer(message, bot) or _is_from_a_program(message):
        return None
    without_name = _without_our_name(message, text, bot)
    private = message.chat.type == ChatType.PRIVATE
    if not private and without_name == text and not _replies_to_us(message, bot) and not _commands_us(text, bot):
        return None
    return _KNOWN_COMMAND.sub("", without_name.strip(), count=1).strip() or _pointed_at(message, bot)


def topic_named(text: str, names: Collection[str]) -> str:
    """The text, with a command that is a topic's name in plain words: "/k2@osteon_bot foods" as "k2 foods"."""
    found = _COMMAND.match(text)
    name = found["name"].replace("_", " ").lower() if found else ""
    return f"{name}{text[found.end() :]}" if found and name in names else text


def _is_our_own_offer(message: Message, bot: Bot) -> bool:
    """A passage that somebody chose in inline mode."""
    return message.via_bot is not None and message.via_bot.id == bot.id


def _is_from_a_program(message: Message) -> bool:
    """Two bots that answer each other never end. Anonymous administrators and channels have a bot as their sender."""
    return message.sender_chat is None and message.from_user is not None and message.from_user.is_bot


def _without_our_name(message: Message, text: str, bot: Bot) -> str:
    read = message.parse_entities if message.text else message.parse_caption_entities
    for entity, named in read(list(_NAMES_US)).items():
        if named.lower() == f"@{bot.username}".lower() or (entity.user and entity.user.id == bot.id):
            text = text.replace(named, " ")
    return text


def _replies_to_us(message: Message, bot: Bot) -> bool:
    to = message.reply_to_message
    # In a forum each message replies to the one that opened its topic.
    return bool(to and to.from_user and to.from_user.id == bot.id and not to.forum_topic_created)


def _pointed_at(message: Message, bot: Bot) -> str:
    to = message.reply_to_message
    return "" if to is None or _replies_to_us(message, bot) else to.text or to.caption or ""


def _commands_us(text: str, bot: Bot) -> bool:
    found = _COMMAND.match(text)
    if not found:
        return False
    return found["bot"].lower() == bot.username.lower() if found["bot"] else bool(_KNOWN_COMMAND.match(text))
