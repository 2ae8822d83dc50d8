"""What only groups have: we are added to one, it gets a new number, and not everybody may do everything."""

from __future__ import annotations

import logging

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.shells.tgbot import texts
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_ADMINISTRATORS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
_INSIDE = (*_ADMINISTRATORS, ChatMemberStatus.MEMBER)


class Groups:
    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def on_membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say once how to ask, when somebody adds us."""
        change = update.my_chat_member
        if change and change.chat.type in _GROUPS and _was_added(change):
            await context.bot.send_message(change.chat.id, texts.group_hello(context.bot.username))

    async def on_migration(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup, which tells so under its old number and under its new one."""
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            await self.moved(message.chat_id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            await self.moved(message.migrate_from_chat_id, message.chat_id)

    async def moved(self, old: int, new: int) -> None:
        await self._conversations.migrate(old, new)
        _log.info("chat %s is chat %s from now on", old, new)


async def may_forget(bot: Bot, asked_by: Message | CallbackQuery) -> bool:
    """Whether who wrote or pressed this may delete what is stored of the chat: in a group, its administrators."""
    message = asked_by if isinstance(asked_by, Message) else asked_by.message
    if message is None or message.chat.type not in _GROUPS:
        return True
    if isinstance(asked_by, Message) and asked_by.sender_chat:
        return asked_by.sender_chat.id == message.chat.id  # an anonymous administrator speaks as the group itself
    user = asked_by.from_user
    try:
        return user is not None and await _is_administrator(bot, message.chat.id, user.id)
    except TelegramError as error:
        _log.info("chat %s: its administrators cannot be learnt (%s)", message.chat.id, type(error).__name__)
        return False


async def _is_administrator(bot: Bot, chat_id: int, user_id: int) -> bool:
    member: ChatMember = await bot.get_chat_member(chat_id, user_id)
    return member.status in _ADMINISTRATORS


def _was_added(change: ChatMemberUpdated) -> bool:
    return change.new_chat_member.status in _INSIDE and change.old_chat_member.status not in (
        *_INSIDE,
        ChatMemberStatus.RESTRICTED,
    )
