"""All parts of the bot that are about reminders, wired to each other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ports import Storage
from bot.reminders.knowledge import ReminderKnowledge
from bot.reminding import Reminders
from bot.shells.tgbot.features import Feature
from bot.shells.tgbot.just_sent import JustSent
from bot.shells.tgbot.progress import ProgressPage
from bot.shells.tgbot.reminder_responses import ReminderResponses
from bot.shells.tgbot.reminder_setup import SetUp
from bot.shells.tgbot.reminder_talk import ReminderTalk
from bot.shells.tgbot.reminders import RemindersPage
from bot.usecases import Conversations


@dataclass(frozen=True)
class ReminderParts:
    reminders: Reminders
    page: RemindersPage
    set_up: SetUp
    responses: ReminderResponses
    talk: ReminderTalk
    progress: ProgressPage
    just_sent: JustSent

    @property
    def features(self) -> tuple[Feature, ...]:
        return self.page, self.set_up, self.responses


def build_reminders(know: ReminderKnowledge, conversations: Conversations, storage: Storage) -> ReminderParts:
    reminders = Reminders(know, storage.reminders, storage.drafts)
    page = RemindersPage(reminders, conversations.know.article)
    set_up = SetUp(reminders, page)
    responses = ReminderResponses(conversations, reminders, page)
    just_sent = JustSent()
    talk = ReminderTalk(conversations, reminders, page, set_up, responses, just_sent)
    return ReminderParts(reminders, page, set_up, responses, talk, ProgressPage(reminders), just_sent)
