"""What people make of a reminder that came: its buttons, and replies to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from functools import partial

from telegram import CallbackQuery, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.dialogue.reply import Message
from bot.ports.reminders import Part
from bot.reminders.command import Action, Command
from bot.reminders.records import Delivery, Mark
from bot.reminders.responses import Later, Response, choices, marked, noticed, snoozed, unmarked
from bot.reminders.streams import Stream
from bot.reminding import Reminders, Taken
from bot.shells.tgbot import reminder_texts as texts
from bot.shells.tgbot.features import Pressed, Toast, is_private
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.reminder_keyboard import later_in, later_keyboard, part_in, reminder_keyboard
from bot.shells.tgbot.reminders import RemindersPage
from bot.shells.tgbot.send import NO_DEFAULTS, edit_to_page, send_page, send_reply, typing_if_slow
from bot.shells.tgbot.when import when
from bot.usecases import Conversations

_MARKS = {Kind.DONE: Mark.DONE, Kind.SKIP: Mark.SKIPPED}


class ReminderResponses:
    def __init__(self, conversations: Conversations, reminders: Reminders, overview: RemindersPage) -> None:
        self._conversations = conversations
        self._reminders = reminders
        self._overview = overview
        self._answers: dict[Kind, Callable[[Pressed, int, Part], Awaitable[None]]] = {
            Kind.DONE: self._mark,
            Kind.SKIP: self._mark,
            Kind.UNMARK: self._unmark,
            Kind.LATER: self._later,
            Kind.NOT_LATER: self._not_later,
            Kind.WHY: self._why,
            Kind.GO_ON: self._go_on,
            Kind.NO_MORE: self._no_more,
        }

    @property
    def kinds(self) -> Collection[Kind]:
        return self._answers.keys()

    def serves(self, query: CallbackQuery) -> bool:
        return is_private(query)

    def fits(self, press: Press) -> bool:
        words = press.target.count("/") + 1
        is_whole = words == 3 or (press.kind == Kind.LATER and later_in(press) is not None)
        return is_whole and part_in(press) is not None

    def toast(self, _press: Press) -> Toast:
        return None, False

    async def on_press(self, pressed: Pressed) -> None:
        subscription_id, part = part_in(pressed.press) or (0, None)
        if part:
            await self._answers[pressed.press.kind](pressed, subscription_id, part)

    async def on_reply(self, chat_id: int, message_id: int) -> None:
        """Who replies to a reminder goes on about its subject, and has not left it without an answer."""
        found = await self._reminders.store.by_message(chat_id, message_id)
        if found:
            _, delivery = found
            part = Part(delivery.occurs_at, delivery.part)
            await self._reminders.respond(chat_id, delivery.subscription_id, part, noticed)
            await self._take_up(chat_id, delivery)

    async def _mark(self, pressed: Pressed, id_: int, part: Part) -> None:
        change = partial(marked, _MARKS[pressed.press.kind])
        await self._show(pressed, await self._reminders.respond(pressed.chat_id, id_, part, change))

    async def _unmark(self, pressed: Pressed, id_: int, part: Part) -> None:
        await self._show(pressed, await self._reminders.respond(pressed.chat_id, id_, part, unmarked))

    async def _later(self, pressed: Pressed, id_: int, part: Part) -> None:
        later = later_in(pressed.press)
        if later:
            await self._put_off(pressed, id_, part, later)
            return
        taken = await self._reminders.respond(pressed.chat_id, id_, part)
        if taken.subscription is None or taken.delivery is None:
            await self._say(pressed, texts.RESPONSES[Response.OLD])
            return
        offered = choices(taken.subscription, taken.delivery, taken.now)
        if offered:
            await _edit(pressed, later_keyboard(taken.subscription, taken.delivery, offered, taken.now))
        else:
            await self._say(pressed, texts.NO_CHOICE)

    async def _put_off(self, pressed: Pressed, id_: int, part: Part, later: Later) -> None:
        taken = await self._reminders.respond(pressed.chat_id, id_, part, partial(snoozed, later))
        it = taken.subscription
        await self._show(pressed, taken)
        if taken.response == Response.TAKEN and it:
            await self._say(pressed, texts.PUT_OFF.format(when=when(it.due_at, it.schedule.zone_info)))

    async def _not_later(self, pressed: Pressed, id_: int, part: Part) -> None:
        await self._show(pressed, await self._reminders.respond(pressed.chat_id, id_, part))

    async def _why(self, pressed: Pressed, id_: int, part: Part) -> None:
        """More on the subject, at the chat's level, as if it had been asked."""
        taken = await self._reminders.respond(pressed.chat_id, id_, part, noticed)
        theme = self._reminders.know.theme_of(taken.delivery.passage) if taken.delivery else None
        if theme is None or theme.why not in self._conversations.know.intents:
            await self._say(pressed, texts.RESPONSES[Response.OLD])
            return
        bot, chat_id = pressed.query.get_bot(), pressed.chat_id
        async with typing_if_slow(bot, chat_id):
            reply = await self._conversations.answer(chat_id, Message(press=theme.why))
        await send_reply(bot, chat_id, reply, pressed.query.message)

    async def _go_on(self, pressed: Pressed, id_: int, part: Part) -> None:
        stream = await self._stream(pressed, id_, part)
        if stream:
            await self._reminders.resume(pressed.chat_id, [stream])
            await edit_to_page(pressed.query, pressed.chat_id, await self._went_on(pressed.chat_id, stream))

    async def _went_on(self, chat_id: int, stream: Stream) -> Page:
        it = next((it for it in await self._reminders.known(chat_id) if it.stream == stream), None)
        if it is None or not it.is_live:
            return await self._overview.page(chat_id)
        return Page(texts.WENT_ON.format(stream=stream, when=when(it.occurs_at, it.schedule.zone_info)))

    async def _no_more(self, pressed: Pressed, id_: int, part: Part) -> None:
        stream = await self._stream(pressed, id_, part)
        if stream:
            page = await self._overview.stopped(pressed.chat_id, Command(Action.STOP, (stream,)))
            await edit_to_page(pressed.query, pressed.chat_id, page)

    async def _stream(self, pressed: Pressed, id_: int, part: Part) -> Stream | None:
        """Of the question above the button; what is none of this chat's is refused."""
        taken = await self._reminders.respond(pressed.chat_id, id_, part)
        if taken.subscription is None or taken.delivery is None:
            await self._say(pressed, texts.RESPONSES[Response.OLD])
            return None
        return taken.subscription.stream

    async def _show(self, pressed: Pressed, taken: Taken) -> None:
        """The buttons as they are to be by now; or why nothing was done."""
        if taken.response in texts.RESPONSES:
            await self._say(pressed, texts.RESPONSES[taken.response])
        if taken.subscription and taken.delivery and taken.response != Response.OLD:
            await _edit(pressed, reminder_keyboard(taken.subscription, taken.delivery))

    async def _take_up(self, chat_id: int, delivery: Delivery) -> None:
        theme = self._reminders.know.theme_of(delivery.passage)
        if theme and theme.why in self._conversations.know.intents:
            await self._conversations.set_topic(chat_id, theme.why)

    async def _say(self, pressed: Pressed, text: str) -> None:
        await send_page(pressed.query.get_bot(), pressed.chat_id, Page(text), pressed.query.message)


async def _edit(pressed: Pressed, keyboard: InlineKeyboardMarkup) -> None:
    """Put these buttons under the message, if it is still there and does not have them already."""
    try:
        await pressed.query.edit_message_reply_markup(keyboard, api_kwargs=NO_DEFAULTS)
    except BadRequest as error:
        if not any(words in error.message.lower() for words in ("not modified", "can't be edited", "not found")):
            raise
