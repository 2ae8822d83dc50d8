"""Reminders that the real bot sends by itself, as a person sees them, and what becomes of them in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.ports import Storage
from bot.ports.reminders import silent
from bot.reminders.plans import Wish, stopped, wished
from bot.reminders.records import DeliveryState, Standing, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells import dispatcher
from bot.shells.playground.telegram.errors import RefusedError, too_many
from bot.shells.playground.telegram.faults import Broken
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.tgbot import limiter
from bot.shells.tgbot.health import Health
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import running
from tests.shells.tgbot.emulator import PATIENCE, Emulator, Fault, Person, bad
from tests.still_clock import StillClock

ANN = 1
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NINE = Schedule((1,), 9 * 60, "Europe/Berlin")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits a second for a look at what is due."""
    monkeypatch.setattr(dispatcher, "POLL", 0.01)
    monkeypatch.setattr(dispatcher, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(dispatcher, "PER_CHAT", 0.0)
    monkeypatch.setattr(limiter, "FIRST_PAUSE", 0.001)
    return iter([None])


@dataclass
class Scene:
    """The bot at work, its clock, and the person."""

    telegram: Emulator
    storage: Storage
    health: Health
    clock: StillClock

    @property
    def ann(self) -> Person:
        return self.telegram.person(ANN)

    async def subscribe(self, stream: Stream = Stream.EXERCISE, chat_id: int = ANN) -> None:
        wish = Wish(chat_id, stream, NINE)
        await self.storage.reminders.plan(chat_id, stream, silent(partial(wished, wish, timedelta(0))))

    async def subscription(self) -> Subscription:
        (it,) = await self.storage.reminders.of_chat(ANN)
        return it

    async def states(self) -> list[tuple[DeliveryState, int]]:
        rows = await self.storage.reminders.deliveries(ANN, date(2026, 1, 1))
        return [(row.state, row.tries) for _, row in rows]

    async def becomes(self, *states: tuple[DeliveryState, int]) -> None:
        """Wait until this is what is written down."""
        async with asyncio.timeout(PATIENCE):
            while await self.states() != list(states):  # noqa: ASYNC110 - here and below, a store tells nobody
                await asyncio.sleep(0.005)

    async def reaches(self, rows: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(await self.states()) < rows:  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    @asynccontextmanager
    async def bot(self, know: Knowledge) -> AsyncIterator[None]:
        conversations = Conversations(know, self.storage.chats)
        async with running(self.telegram, conversations, self.storage, self.clock, health=self.health):
            yield


@pytest.fixture
async def scene(telegram: Emulator) -> Scene:
    telegram.person(ANN)  # Telegram knows her, or the bot could not write to her
    clock = StillClock(MONDAY - timedelta(hours=1))
    return Scene(telegram, memory_storage(MemoryChatStore(clock)), Health(), clock)


async def test_a_reminder_comes_when_it_is_due_with_the_articles_words_and_buttons(
    scene: Scene, know: Knowledge
) -> None:
    await scene.subscribe()
    async with scene.bot(know):
        scene.clock.at = MONDAY
        shown = await scene.ann.sees()
        await scene.becomes((DeliveryState.SENT, 1))
    (quote, *_) = shown.texts("blockquote")
    assert any(sentence in quote for passage in know.article.passages.values() for sentence in passage.sentences)
    assert shown.labels == ["Done", "Later", "Not this week", "Why?", "Settings"]
    assert scene.telegram.called("sendMessage")[0].get("disable_notification") is None
    assert (await scene.subscription()).next_at == MONDAY + timedelta(weeks=1)


async def test_a_level_is_kept_and_the_weeks_differ(scene: Scene, know: Knowledge) -> None:
    state = await scene.storage.chats.load(ANN)
    await scene.storage.chats.save(ANN, type(state)(level=Tier.ACADEMIC))
    await scene.subscribe(Stream.NUTRITION)
    texts = []
    async with scene.bot(know):
        for week in range(3):
            scene.clock.at = MONDAY + timedelta(weeks=week)
            texts.append((await scene.ann.sees()).text)
            await scene.reaches(week + 1)
    assert len(set(texts)) == 3


async def test_the_buttons_of_last_week_go_when_the_next_reminder_comes(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    async with scene.bot(know):
        scene.clock.at = MONDAY
        old = await scene.ann.sees()
        scene.clock.at = MONDAY + timedelta(weeks=1)
        new = await scene.ann.sees()
        closed = await scene.ann.sees()
    assert (closed.id, closed.labels) == (old.id, [])
    assert scene.ann.messages[new.id].labels


async def test_why_in_words_is_about_the_reminder(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    async with scene.bot(know):
        scene.clock.at = MONDAY
        await scene.ann.sees()
        await scene.reaches(1)
        answer = await scene.ann.ask("why?")
    assert answer.texts("blockquote")


async def test_what_says_more_than_why_is_not_taken_for_the_reminders_subject(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    async with scene.bot(know):
        scene.clock.at = MONDAY
        await scene.ann.sees()
        await scene.becomes((DeliveryState.SENT, 1))
        answer = await scene.ann.ask("what is the weather in Paris")
    assert not answer.texts("blockquote")


async def test_an_answer_that_is_lost_leads_to_one_silent_copy_when_the_lease_has_ended(
    scene: Scene, know: Knowledge
) -> None:
    await scene.subscribe()
    scene.telegram.faults.append(Fault("sendMessage", Broken.RESET_AFTER))
    async with scene.bot(know):
        scene.clock.at = MONDAY
        first = await scene.ann.sees()
        await scene.becomes((DeliveryState.SENDING, 1))
        scene.clock.at = MONDAY + timedelta(seconds=121)
        second = await scene.ann.sees()
        await scene.becomes((DeliveryState.SENT, 2))
        scene.clock.at = MONDAY + timedelta(seconds=300)
    assert first.text == second.text
    silent = [call.get("disable_notification") for call in scene.telegram.called("sendMessage")]
    assert silent == [None, True]


async def test_after_two_lost_answers_it_is_left_uncertain(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    scene.telegram.faults += [Fault("sendMessage", Broken.RESET_AFTER), Fault("sendMessage", Broken.BAD_GATEWAY)]
    async with scene.bot(know):
        scene.clock.at = MONDAY
        await scene.becomes((DeliveryState.SENDING, 1))
        scene.clock.at += timedelta(seconds=121)
        await scene.becomes((DeliveryState.SENDING, 2))
        scene.clock.at += timedelta(seconds=121)
        await scene.becomes((DeliveryState.UNCERTAIN, 2))
    assert len(scene.telegram.called("sendMessage")) == 2
    assert (await scene.subscription()).next_at == MONDAY + timedelta(weeks=1)


async def test_a_person_who_blocked_the_bot_gets_no_more(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    scene.telegram.faults.append(Fault("sendMessage", RefusedError(403, "Forbidden: bot was blocked by the user")))
    async with scene.bot(know):
        scene.clock.at = MONDAY
        await scene.becomes((DeliveryState.BLOCKED, 1))
    it = await scene.subscription()
    assert (it.standing, it.next_at) == (Standing.BLOCKED, None)


async def test_what_telegram_refuses_is_written_down_and_next_week_goes_on(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    scene.telegram.faults.append(Fault("sendMessage", bad("can't parse entities")))
    async with scene.bot(know):
        scene.clock.at = MONDAY
        await scene.becomes((DeliveryState.FAILED, 1))
        scene.clock.at = MONDAY + timedelta(weeks=1)
        await scene.ann.sees()


async def test_after_a_429_nothing_leaves_before_it_ends_not_even_after_a_restart(
    scene: Scene, know: Knowledge
) -> None:
    await scene.subscribe()
    scene.telegram.faults.append(Fault("sendMessage", too_many(500)))
    async with scene.bot(know):
        scene.clock.at = MONDAY
        await scene.becomes((DeliveryState.RETRY, 0))
        scene.clock.at += timedelta(seconds=200)
        await asyncio.sleep(0.1)
    assert len(scene.telegram.called("sendMessage")) == 1
    async with scene.bot(know):
        await asyncio.sleep(0.1)
        assert len(scene.telegram.called("sendMessage")) == 1
    scene.clock.at = MONDAY + timedelta(seconds=501)
    async with scene.bot(know):
        await scene.ann.sees()
        await scene.becomes((DeliveryState.SENT, 1))


async def test_what_is_late_says_so_and_what_is_too_late_is_not_sent(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    scene.clock.at = MONDAY + timedelta(hours=2)
    async with scene.bot(know):
        assert "later than you asked" in (await scene.ann.sees()).text
        await scene.becomes((DeliveryState.SENT, 1))
    scene.clock.at = MONDAY + timedelta(weeks=1, hours=7)
    async with scene.bot(know):
        await scene.becomes((DeliveryState.SENT, 1), (DeliveryState.MISSED, 0))
    assert len(scene.telegram.called("sendMessage")) == 1
    assert scene.health.pulse.counts[DeliveryState.MISSED] == 1


async def test_weeks_of_absence_cost_one_row_each_and_send_one_message_at_most(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    scene.clock.at = MONDAY + timedelta(weeks=2, hours=1)
    missed = (DeliveryState.MISSED, 0)
    async with scene.bot(know):
        await scene.ann.sees()
        await scene.becomes(missed, missed, (DeliveryState.SENT, 1))
    assert len(scene.telegram.called("sendMessage")) == 1


async def test_three_weeks_without_an_answer_lead_to_one_question_and_then_to_silence(
    scene: Scene, know: Knowledge
) -> None:
    await scene.subscribe()
    async with scene.bot(know):
        for week in range(4):
            scene.clock.at = MONDAY + timedelta(weeks=week)
            shown = await scene.ann.sees()
            await scene.reaches(week + 1)
        scene.clock.at = MONDAY + timedelta(weeks=5)
        await asyncio.sleep(0.1)
    assert shown.labels == ["Yes, go on", "No, stop"]
    assert len(scene.telegram.called("sendMessage")) == 4
    assert (await scene.subscription()).standing == Standing.ASKING


async def test_after_stop_nothing_comes(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    await scene.storage.reminders.plan(ANN, Stream.EXERCISE, silent(stopped))
    scene.clock.at = MONDAY
    async with scene.bot(know):
        await asyncio.sleep(0.1)
    assert scene.telegram.called("sendMessage") == []


async def test_no_network_and_then_it_comes(scene: Scene, know: Knowledge) -> None:
    await scene.subscribe()
    scene.telegram.faults += [Fault("sendMessage", RefusedError(401, "Unauthorized"))]
    async with scene.bot(know):
        scene.clock.at = MONDAY
        async with asyncio.timeout(PATIENCE):
            while not scene.health.pulse.is_refused:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        await scene.ann.sees()
        await scene.becomes((DeliveryState.SENT, 1))
        async with asyncio.timeout(PATIENCE):
            while scene.health.pulse.is_refused:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
