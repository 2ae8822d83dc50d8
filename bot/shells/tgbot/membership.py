"""We are let in, shut out, blocked, or let back in."""

from __future__ import annotations

from telegram import Bot, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from bot.reminders.records import Standing
from bot.reminding import Reminders
from bot.shells.tgbot.groups import Groups
from bot.shells.tgbot.reminder_pages import welcome_back_page
from bot.shells.tgbot.send import send_page


class Membership:
    def __init__(self, groups: Groups, reminders: Reminders) -> None:
        self._groups = groups
        self._reminders = reminders

    async def on_change(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        change = update.my_chat_member
        if change is None or change.chat.type != ChatType.PRIVATE:
            await self._groups.on_membership(update, context)
        elif change.new_chat_member.status == ChatMemberStatus.BANNED:
            await self._reminders.block(change.chat.id)
        elif change.new_chat_member.status == ChatMemberStatus.MEMBER:
            await self._welcome_back(context.bot, change.chat.id)

    async def _welcome_back(self, bot: Bot, chat_id: int) -> None:
        """Ask whether to go on: who blocked us may have been tired of them."""
        known = await self._reminders.known(chat_id)
        streams = [it.stream for it in known if it.standing == Standing.BLOCKED]
        if streams:
            await self._reminders.expect_consent(chat_id, streams)
            await send_page(bot, chat_id, welcome_back_page(streams))
