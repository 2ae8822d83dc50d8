"""Nothing that a person writes is lost, nothing is answered a third time, and nothing keeps the others waiting."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.errors import StorageError
from bot.ports import Storage, StoredUpdate
from bot.shells.playground.telegram.updates import Update
from bot.shells.storage.memory import MemoryChatStore, MemoryInboxStore, memory_storage
from bot.shells.tgbot import backlog, inbox, limiter, polling, reminder_texts, texts, tidying, traffic
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import real_now, running
from tests.shells.tgbot.emulator import Emulator, Fault, Person, RefusedError

K2 = "What does vitamin K2 do?"
UNREACHABLE = RefusedError(502, "Bad Gateway")


@pytest.fixture(autouse=True)
def no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (inbox, polling, limiter):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", 0.05)
    monkeypatch.setattr(backlog, "QUIET", 0.05)


class FailingInbox(MemoryInboxStore):
    """A database that is full for the first so many calls."""

    def __init__(self, chats: MemoryChatStore, failures: int) -> None:
        super().__init__(chats)
        self.failures = failures
        self.finished: list[int] = []

    async def add(self, updates: Sequence[StoredUpdate]) -> set[int]:
        if self.failures:
            self.failures -= 1
            raise StorageError("The database osteon.sqlite3 cannot be used (database or disk is full).")
        return await super().add(updates)

    async def finish(self, update_ids: Sequence[int], states: Mapping[int, ChatState]) -> None:
        await super().finish(update_ids, states)
        self.finished += update_ids


def stored(telegram: Emulator, update_id: int, text: str, tries: int = 0, chat_id: int = 1) -> StoredUpdate:
    message = telegram.person(chat_id).written(text)
    return StoredUpdate(update_id, chat_id, json.dumps({"update_id": update_id, "message": message}), tries)


async def started_with(know: Knowledge, *left: StoredUpdate) -> tuple[Conversations, Storage]:
    """What a process finds that takes over from one that died."""
    chats = MemoryChatStore()
    found = memory_storage(chats)
    await found.inbox.add(left)
    return Conversations(know, chats), found


async def eventually(is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


async def test_what_a_killed_process_left_is_answered_in_order(telegram: Emulator, know: Knowledge) -> None:
    conversations, left = await started_with(know, stored(telegram, 900, K2), stored(telegram, 901, "/help"))
    async with running(telegram, conversations, left):
        ann = telegram.person()
        assert "calcium" in (await ann.sees()).text
        assert "/topics" in (await ann.sees()).text
    assert await left.inbox.pending() == []


async def test_an_answer_that_was_sent_before_the_process_died_is_given_from_the_same_state(
    telegram: Emulator, know: Knowledge
) -> None:
    """Were the state saved before the answer is sent, "more scientific" would go two levels deep."""
    conversations, left = await started_with(know, stored(telegram, 900, "more scientific"))
    async with running(telegram, conversations, left):
        assert "Intermediate" in (await telegram.person().sees()).text
    assert (await conversations.store.load(1)).level == "intermediate"


async def test_what_killed_the_process_three_times_is_skipped_with_an_apology(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    poison, innocent = stored(telegram, 900, "poison Matilda", tries=inbox.MOST_TRIES), stored(telegram, 901, K2)
    conversations, left = await started_with(know, innocent, poison)
    async with running(telegram, conversations, left):
        assert (await telegram.person().sees()).text == texts.FAILED
        assert "calcium" in (await telegram.person().sees()).text
    assert await left.inbox.pending() == []
    assert "update 900: the process died three times" in caplog.text
    assert "Matilda" not in caplog.text


async def test_each_try_is_counted_before_it_is_made(telegram: Emulator, know: Knowledge) -> None:
    counted = list[tuple[int, int]]()

    class Watching(MemoryInboxStore):
        async def begin(self, update_id: int) -> None:
            await super().begin(update_id)
            counted.append((update_id, len(telegram.called("sendMessage"))))

    chats = MemoryChatStore()
    left = Watching(chats)
    await left.add([stored(telegram, 900, K2, tries=1)])
    async with running(telegram, Conversations(know, chats), replace(memory_storage(chats), inbox=left)):
        await telegram.person().sees()
    assert counted == [(900, 0)]


async def test_telegram_may_send_an_update_twice(ann: Person, telegram: Emulator) -> None:
    update = telegram.world.updates.push("message", ann.written("/help"))
    assert update
    assert "/topics" in (await ann.sees()).text
    telegram.world.updates.repeat(update)
    assert "Osteon" in (await ann.ask("/start")).text
    assert ann.sees_nothing_more()


async def test_numbers_that_begin_anew_after_a_quiet_week_are_no_old_updates(
    telegram: Emulator, know: Knowledge
) -> None:
    chats = MemoryChatStore()
    left, ann = memory_storage(chats), telegram.person()
    for numbers in (900, 40, 7):
        async with running(telegram, Conversations(know, chats), left):
            for number, text in ((numbers, "/help"), (numbers + 1, "/start")):
                message = json.dumps(ann.written(text))
                telegram.world.updates.repeat(Update(number, "message", message, ann.chat_id))
                assert (await ann.sees()).text


async def test_whatever_one_chat_writes_however_fast_is_answered_and_others_too(
    ann: Person, telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "PER_SECOND", 10_000)
    monkeypatch.setattr(traffic, "BURST", 10_000)
    odd = ["x" * 4096, "👵🏽🦴" * 500, "\u202eשלום مرحبا\u202c" * 50, "\u200b", "a\u0300" * 2000, "<b>&", "/" * 4096]
    for text in odd * 20:
        ann.send(text)
    assert "/topics" in (await telegram.person(2).ask("/help")).text
    for _ in odd * 20:
        assert (await ann.sees()).text
    assert ann.sees_nothing_more()


async def test_updates_are_confirmed_only_when_they_are_stored(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    """While the disk is full people are answered all the same, once; Telegram keeps what they wrote."""
    chats = MemoryChatStore()
    full = FailingInbox(chats, failures=3)
    ann = telegram.person()
    async with running(telegram, Conversations(know, chats), replace(memory_storage(chats), inbox=full)):
        assert "calcium" in (await ann.ask(K2)).text
        await eventually(lambda: bool(full.finished))
        assert "/topics" in (await ann.ask("/help")).text
        assert ann.sees_nothing_more()
    assert "stay with Telegram" in caplog.text
    assert K2 not in caplog.text


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_others(
    ann: Person, telegram: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.push("message", {"message_id": "Matilda", "chat": 7})
    assert "/topics" in (await ann.ask("/help")).text
    assert "cannot be read" in caplog.text
    assert "Matilda" not in caplog.text


async def test_an_answer_waits_until_telegram_can_be_reached_again(
    ann: Person, telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "TRIES", 1)
    telegram.faults += [Fault("sendMessage", UNREACHABLE) for _ in range(5)]
    assert "calcium" in (await ann.ask(K2)).text
    assert "magnesium" in (await ann.ask("and magnesium?")).text.lower()
    assert len(telegram.called("sendMessage")) == 7


async def test_old_messages_get_one_word_for_all_and_what_was_asked_as_buttons(
    telegram: Emulator, know: Knowledge
) -> None:
    ann, bob = telegram.person(1), telegram.person(2)
    for text in ("hello", K2, "/start", "what do osteoclasts do", "is there a waltz in it"):
        ann.send(text, date=hours_ago(3))
    bob.send(K2, date=hours_ago(2))
    bob.send("and now?", date=hours_ago(0))
    async with running(telegram, Conversations(know, MemoryChatStore())):
        shown = await ann.sees()
        assert shown.text.startswith(words.AWAY)
        titles = {know.intents[id_].title for id_ in ("vitamin-k2/role", "osteoclasts/role")}
        assert titles <= set(shown.labels)
        assert {"calcium" in (await bob.sees()).text, "calcium" in (await bob.sees()).text} == {True, False}
        assert "/topics" in (await ann.ask("/help")).text
        assert ann.sees_nothing_more()


async def test_an_old_wish_for_the_reminders_gets_a_turn_of_its_own(telegram: Emulator, know: Knowledge) -> None:
    ann = telegram.person()
    for text in ("stop reminders", K2, "what do osteoclasts do"):
        ann.send(text, date=hours_ago(3))
    async with running(telegram, Conversations(know, MemoryChatStore())):
        assert reminder_texts.NOTHING_TO_STOP in (await ann.sees()).text
        assert (await ann.sees()).text.startswith(words.AWAY)


async def test_an_old_emergency_is_sent_to_help(telegram: Emulator, know: Knowledge) -> None:
    ann = telegram.person()
    for text in (K2, "I fell and cannot move my leg, the pain is terrible", "thanks"):
        ann.send(text, date=hours_ago(3))
    async with running(telegram, Conversations(know, MemoryChatStore())):
        shown = await ann.sees()
    assert shown.text.startswith(words.URGENT.partition("\n")[0])
    assert words.AWAY in shown.text


async def test_the_word_for_an_outage_is_said_when_telegram_can_be_reached_again(
    telegram: Emulator, know: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "TRIES", 1)
    ann = telegram.person()
    for text in (K2, "crushing chest pain and I cannot breathe"):
        ann.send(text, date=hours_ago(3))
    telegram.faults += [Fault("sendMessage", UNREACHABLE) for _ in range(5)]
    async with running(telegram, Conversations(know, MemoryChatStore())):
        assert "emergency" in (await ann.sees()).text


async def test_what_people_said_to_each_other_during_an_outage_is_let_be(telegram: Emulator, know: Knowledge) -> None:
    family = telegram.person(-5)
    for text in ("see you at six", "bring cake"):
        family.send(text, date=hours_ago(3))
    async with running(telegram, Conversations(know, MemoryChatStore())):
        assert "/topics" in (await family.ask("/help")).text
        assert family.sees_nothing_more()


async def test_an_answer_that_could_not_be_marked_as_done_is_marked_later(
    telegram: Emulator, know: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "TIDY_AFTER", 0.01)

    class Busy(MemoryInboxStore):
        failures = 1

        async def finish(self, update_ids: Sequence[int], states: Mapping[int, ChatState]) -> None:
            if update_ids and self.failures:
                self.failures -= 1
                raise StorageError("The database osteon.sqlite3 cannot be used (database is locked).")
            await super().finish(update_ids, states)

    chats = MemoryChatStore()
    busy = Busy(chats)
    async with running(telegram, Conversations(know, chats), replace(memory_storage(chats), inbox=busy)):
        await telegram.person().ask(K2)
        async with asyncio.timeout(10):
            while await busy.pending():  # noqa: ASYNC110 - only the store can tell
                await asyncio.sleep(0.01)


async def test_a_press_that_telegram_cannot_serve_does_not_keep_the_chat_waiting(
    ann: Person, telegram: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "TRIES", 1)
    monkeypatch.setattr(inbox, "LONGEST_PAUSE", 0.02)
    shown = await ann.ask(K2)
    telegram.faults += [Fault("editMessageText", UNREACHABLE) for _ in range(50)]
    ann.tap(shown.data("Deeper ▶"), shown.id)
    assert "emergency" in (await ann.ask("crushing chest pain and I cannot breathe")).text


def hours_ago(hours: float) -> int:
    return int((real_now() - timedelta(hours=hours)).timestamp())


async def test_another_program_with_the_same_token_is_told_of_and_not_fought(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(telegram, Conversations(know, MemoryChatStore())):
        telegram.faults.append(Fault("getUpdates", RefusedError(409, "Conflict: terminated by other getUpdates")))
        ann = telegram.person()
        await ann.ask("/help")
        assert "/topics" in (await ann.ask("/help")).text
    assert "another program is asking Telegram for this bot's updates; stop one of the two" in caplog.text


async def test_an_outage_is_told_once_and_its_end_too(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with running(telegram, Conversations(know, MemoryChatStore())):
            telegram.faults += [Fault("getUpdates", UNREACHABLE) for _ in range(4)]
            ann = telegram.person()
            await ann.ask("/help")
            await ann.ask("/help")
    told = [record.message for record in caplog.records if record.name == polling.__name__]
    assert told == [
        "Telegram cannot be reached (NetworkError); trying again until it can",
        "Telegram can be reached again",
    ]


async def test_without_a_network_at_the_start_it_is_tried_until_there_is_one(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "TRIES", 1)
    telegram.faults += [Fault(method, UNREACHABLE) for method in ("getMe", "getMe", "deleteWebhook", "getUpdates")]
    async with running(telegram, Conversations(know, MemoryChatStore())):
        assert "/topics" in (await telegram.person().ask("/help")).text
    assert "Telegram cannot be reached (NetworkError); trying again in" in caplog.text
