"""What people write about reminders: wishes in words, answers while they are set up, replies to a reminder.

An emergency comes first, in the middle of setting up too; and what is not about reminders is left to the dialogue.
"""

from __future__ import annotations

from dataclasses import replace

from telegram import Bot, Message
from telegram.constants import ChatType

from bot.matching.normalise import words_of
from bot.matching.urgent import Alarm
from bot.reminders.answers import Consent, answered, is_bare, read_consent
from bot.reminders.command import Action, Command
from bot.reminders.draft import KEPT_FOR, Asking, Draft, with_zones
from bot.reminders.setup import is_revision, less, live, revised
from bot.reminders.told import told_days
from bot.reminding import Reminders
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from bot.shells.tgbot import reminder_texts as texts
from bot.shells.tgbot.just_sent import JustSent
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.reminder_pages import change_page
from bot.shells.tgbot.reminder_responses import ReminderResponses
from bot.shells.tgbot.reminder_setup import SetUp, anew
from bot.shells.tgbot.reminders import RemindersPage
from bot.shells.tgbot.send import send_page
from bot.usecases import Conversations

_LONGEST_PLACE = 8
"""Words."""
_OURS = ("reminder", "message", "sending")
"""Lists of words in intents/reminders.yaml for what we send."""
_BESIDE = {Action.PAUSE: ("end",), Action.STOP: ("end", *_OURS)}
"""Lists of words that such a wish may hold too: "stop until march"."""


class ReminderTalk:
    def __init__(
        self,
        conversations: Conversations,
        reminders: Reminders,
        overview: RemindersPage,
        set_up: SetUp,
        responses: ReminderResponses,
        just_sent: JustSent,
    ) -> None:
        self._conversations = conversations
        self._reminders = reminders
        self._overview = overview
        self._set_up = set_up
        self._responses = responses
        self._just_sent = just_sent

    async def hears(self, bot: Bot, message: Message, text: str) -> bool:
        """Take a text that is about reminders; False leaves it to the dialogue."""
        if message.chat.type != ChatType.PRIVATE:
            return await self._refuses(bot, message, text)
        intent = self._just_sent.take(message.chat_id)
        if message.reply_to_message:
            await self._responses.on_reply(message.chat_id, message.reply_to_message.message_id)
        elif intent and self._conversations.is_follow_up(text):
            await self._conversations.set_topic(message.chat_id, intent)
        draft = await self._reminders.drafts.load(message.chat_id)
        command = await self._reminders.heard(message.chat_id, text)
        if draft is None and command.is_none and command.reason is None:
            return await self._goes_on(bot, message, text)
        is_taken = await self._takes(bot, message, text, draft, command)
        if not is_taken:
            await self._leaves(message.chat_id, draft)
        return is_taken

    async def sees(self, bot: Bot, message: Message) -> bool:
        """Take what is no text: a shared place, if that was asked for."""
        if message.chat.type != ChatType.PRIVATE:
            return False
        draft = await self._reminders.drafts.load(message.chat_id)
        if draft is None or draft.asks != Asking.ZONE or message.location is None:
            await self._leaves(message.chat_id, draft)
            return False
        await self._set_up.on_place(bot, message, message.location, draft)
        return True

    async def hint(self, message: Message, text: str) -> str:
        """A wish to end something is no rare thing to be said in words that nobody has thought of."""
        ends = set(words_of(text)) & set(self._reminders.know.words.lists["end"])
        if not ends or message.chat.type != ChatType.PRIVATE or not live(await self._reminders.known(message.chat_id)):
            return ""
        return texts.IF_REMINDERS

    async def _takes(self, bot: Bot, message: Message, text: str, draft: Draft | None, command: Command) -> bool:
        if await self._is_urgent(text, command):
            await self._stops_too(bot, message, command)
            return False
        if draft and await self._answers(bot, message, text, draft, command):
            return True
        return await self._obeys(bot, message, draft, command)

    async def _leaves(self, chat_id: int, draft: Draft | None) -> None:
        """From now on a yes is none to what is being set up: something else was shown since."""
        if draft and not draft.is_left:
            await self._reminders.drafts.save(chat_id, replace(draft, is_left=True))

    async def _goes_on(self, bot: Bot, message: Message, text: str) -> bool:
        """Take a yes or no to the question whether to go on, which has buttons that need not be pressed."""
        consent = read_consent(text)
        if not consent:
            return False
        asked = await self._reminders.asked(message.chat_id)
        if not asked:
            return consent.is_plain and await self._shows_what_was_left(bot, message)
        if consent.yes:
            await self._reminders.resume(message.chat_id, asked)
            page = await self._overview.page(message.chat_id, texts.RESUMED)
        else:
            page = await self._overview.stopped(message.chat_id, Command(Action.STOP, tuple(asked)))
        await send_page(bot, message.chat_id, page, message)
        return True

    async def _shows_what_was_left(self, bot: Bot, message: Message) -> bool:
        """A yes that comes too late must not be taken for one by whoever said it."""
        left = await self._reminders.drafts.load(message.chat_id, KEPT_FOR)
        if left is None or left.asks != Asking.CONFIRM or left.action not in (Action.SUBSCRIBE, Action.CHANGE):
            return False
        await self._set_up.go_on(bot, message.chat_id, left, anew(bot, message), setup_texts.LEFT)
        return True

    async def _refuses(self, bot: Bot, message: Message, text: str) -> bool:
        command = await self._reminders.heard(message.chat_id, text)
        if command.is_none or await self._is_urgent(text, command):
            return False
        await send_page(bot, message.chat_id, Page(texts.PRIVATE_ONLY), message)
        return True

    async def _is_urgent(self, text: str, command: Command) -> bool:
        """Before all else; but a mere doubt stops no stop, and a wish with nothing beside it only sounds like one."""
        alarm = await self._conversations.alarm(text)
        is_bare = self._is_bare(text, command)
        if alarm == Alarm.DOUBT:
            return command.action is not Action.STOP and not is_bare
        if alarm and is_bare and not command.is_none:
            return self._conversations.is_alarm_by_words(text)
        return alarm is not None

    def _is_bare(self, text: str, command: Command) -> bool:
        """Who wants something to end without a word of ours may mean another thing than reminders."""
        words = self._reminders.know.words
        if command.action is Action.STOP and set(words_of(text)).isdisjoint(
            entry for name in _OURS for entry in words.lists[name]
        ):
            return False
        return is_bare(text, words, *_BESIDE.get(command.action, ()))

    async def _stops_too(self, bot: Bot, message: Message, command: Command) -> None:
        """Who says stop is heard, whatever else the text may tell; the dialogue answers that, and speaks last."""
        if command.action is Action.STOP and less(command, await self._reminders.known(message.chat_id)):
            await send_page(bot, message.chat_id, await self._overview.stopped(message.chat_id, command), message)

    async def _answers(self, bot: Bot, message: Message, text: str, draft: Draft, command: Command) -> bool:
        """Whether the text goes on with the draft."""
        chat_id, show = message.chat_id, anew(bot, message)
        consent = read_consent(text)
        is_stop = command.action is Action.STOP
        if (consent and consent.out) or (is_stop and not live(await self._reminders.known(chat_id))):
            await self._set_up.cancel(bot, chat_id, draft, show)
            return True
        if consent and draft.asks == Asking.CONFIRM:
            return await self._agrees(bot, message, draft, consent)
        after = await self._after(text, draft, command, chat_id)
        if after is None:
            return False
        lead = setup_texts.NO_ZONE if after == draft and draft.asks == Asking.ZONE else ""
        await self._set_up.go_on(bot, chat_id, after, show, lead)
        return True

    async def _agrees(self, bot: Bot, message: Message, draft: Draft, consent: Consent) -> bool:
        """Whether the yes or no is one to the draft, which was shown last if so."""
        show = anew(bot, message)
        if draft.is_left and consent.is_plain:
            await self._set_up.go_on(bot, message.chat_id, draft, show, setup_texts.LEFT)
        if draft.is_left:
            return consent.is_plain
        if consent.yes:
            await self._set_up.confirm(bot, message.chat_id, draft, show)
        elif draft.action in (Action.PAUSE, Action.RESUME):
            await self._set_up.cancel(bot, message.chat_id, draft, show)
        else:
            await self._set_up.differently(bot, message.chat_id, draft, show)
        return True

    async def _after(self, text: str, draft: Draft, command: Command, chat_id: int) -> Draft | None:
        """The draft with what the text says of it; None if it says nothing."""
        if not command.is_none:
            if not is_revision(draft, command):
                return None
            after = revised(draft, command)
            return await self._reminders.with_place(after, command.place) if command.place else after
        after_answer = answered(draft, text, self._reminders.know.words, await self._reminders.today(chat_id))
        if after_answer is None and draft.asks == Asking.ZONE:
            return await self._placed(text, draft)
        if after_answer is None and draft.asks in (Asking.CONFIRM, Asking.DIFFERENT) and draft.zone:
            after_place = await self._placed(text, draft)
            return after_place if after_place != draft and self._reminders.is_place(text) else None
        return after_answer

    async def _placed(self, text: str, draft: Draft) -> Draft | None:
        """A word of the article is no misspelled place, and a question is none at all."""
        said = set(words_of(text))
        if "?" in text or len(said) > _LONGEST_PLACE:
            return None
        found = await self._reminders.zones(text)
        is_known = said <= self._conversations.know.english
        if is_known and not (found.zones and self._reminders.is_place(text)):
            return None
        return with_zones(draft, found.zones, ask=found.ask) if found.zones else draft

    async def _obeys(self, bot: Bot, message: Message, draft: Draft | None, command: Command) -> bool:
        chat_id, show = message.chat_id, anew(bot, message)
        page = await self._at_once(chat_id, command)
        if page:
            await show(page)
            await self._leaves(chat_id, draft)
            return True
        if command.is_none:
            return False
        await self._set_up.go_on(bot, chat_id, await self._reminders.begun(chat_id, command), show)
        return True

    async def _at_once(self, chat_id: int, command: Command) -> Page | None:
        """What needs no confirmation, or has nothing that could be confirmed."""
        known = await self._reminders.known(chat_id)
        match command.action:
            case Action.NONE if command.reason:
                return Page(setup_texts.REASONS[command.reason])
            case Action.STOP if command.weekdays and live(known) and not less(command, known):
                return Page(texts.NOT_ON_THAT_DAY.format(days=told_days(command.weekdays)))
            case Action.STOP:
                return await self._overview.stopped(chat_id, command)
            case Action.SHOW:
                return await self._overview.page(chat_id)
            case Action.PAUSE if not live(known):
                return await self._overview.page(chat_id, texts.NOTHING_TO_STOP)
            case Action.RESUME if live(known) and not (await self._reminders.begun(chat_id, command)).plans:
                return await self._overview.page(chat_id, texts.NOTHING_RESTS)
            case Action.CHANGE if live(known) and _says_nothing(command):
                return change_page(known)
        return None


def _says_nothing(command: Command) -> bool:
    parts = (command, *command.also)
    return not any(part.weekdays or part.minute is not None or part.place for part in parts)
