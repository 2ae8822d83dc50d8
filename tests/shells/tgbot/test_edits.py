"""A question that is edited edits its answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.knowledge import Knowledge
from bot.errors import StorageError
from bot.shells.storage.memory import KEPT_FOR, MemoryAnswerStore, MemoryChatStore
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import real_now, running
from tests.shells.tgbot.emulator import Emulator, Fault, Person, bad
from tests.still_clock import StillClock

NOW = int(real_now().timestamp())
K2, MAGNESIUM = "What does vitamin K2 do?", "What does magnesium do?"


async def asked(ann: Person, text: str) -> tuple[int, int]:
    """The numbers of a question and of its answer."""
    question = ann.send(text)
    return question, (await ann.sees()).id


async def test_an_edited_question_edits_its_answer(ann: Person) -> None:
    question, answer = await asked(ann, K2)
    after = await ann.edit(question, MAGNESIUM)
    assert after.id == answer
    assert "agnesium" in after.texts("blockquote")[0]
    assert (await ann.edit(question, K2)).id == answer
    assert list(ann.messages) == [answer]


async def test_an_edit_that_reads_the_same_changes_nothing(ann: Person) -> None:
    question, _ = await asked(ann, K2)
    ann.send(K2 + "?", kind="edited_message", message_id=question, edit_date=NOW)
    assert "/topics" in (await ann.ask("/help")).text
    assert ann.sees_nothing_more()


async def test_an_edit_of_an_older_question_edits_the_older_answer(ann: Person) -> None:
    first, answer = await asked(ann, K2)
    await asked(ann, MAGNESIUM)
    assert (await ann.edit(first, "What do osteoclasts do?")).id == answer


async def test_an_edited_command_with_a_question_edits_its_answer(ann: Person) -> None:
    question, answer = await asked(ann, f"/ask {K2}")
    assert (await ann.edit(question, MAGNESIUM)).id == answer


async def test_a_question_that_was_never_answered_is_answered_when_it_is_edited(ann: Person) -> None:
    question = 7_000
    shown = await ann.edit(question, K2)
    assert "K2" in shown.text
    assert (await ann.edit(question, MAGNESIUM)).id == shown.id


async def test_an_answer_that_is_gone_is_given_anew(ann: Person) -> None:
    question, answer = await asked(ann, K2)
    del ann.messages[answer]
    anew = await ann.edit(question, MAGNESIUM)
    assert anew.id != answer
    assert (await ann.edit(question, K2)).id == anew.id


async def test_after_two_days_an_edit_is_answered_anew(telegram: Emulator, know: Knowledge) -> None:
    clock = StillClock(datetime(2026, 3, 1, tzinfo=UTC))
    ann = telegram.person()
    async with running(telegram, Conversations(know, MemoryChatStore(clock))):
        question, answer = await asked(ann, K2)
        clock.at += KEPT_FOR - timedelta(minutes=1)
        assert (await ann.edit(question, MAGNESIUM)).id == answer
        await all_shown(ann)
        clock.at += KEPT_FOR
        assert (await ann.edit(question, K2)).id != answer


async def test_an_edit_that_tells_of_an_emergency_is_answered_anew_where_it_is_seen(ann: Person) -> None:
    question, answer = await asked(ann, K2)
    await ann.ask("/help")
    urgent = await ann.edit(question, "I have crushing chest pain and cannot breathe")
    assert "This may be an emergency" in urgent.text
    assert urgent.id > answer + 1


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages so small that most answers fill several."""
    from bot.shells.tgbot import render
    from bot.shells.tgbot.html import Group, lay_out

    def small(groups: list[Group]) -> list[str]:
        return lay_out(groups, 120)

    monkeypatch.setattr(render, "lay_out", small)


@pytest.mark.usefixtures("small_pages")
async def test_pages_that_an_edited_answer_no_longer_has_are_deleted_and_new_ones_sent(ann: Person) -> None:
    question = ann.send(K2)
    long = await all_shown(ann)
    assert len(long) > 3
    ann.send("What is natto?", kind="edited_message", message_id=question, edit_date=NOW)
    short = await all_shown(ann)
    assert 0 < len(short) < len(long)
    assert short == long[: len(short)]
    assert [id_ for id_ in short if ann.messages[id_].rows] == short[-1:]
    ann.send(K2, kind="edited_message", message_id=question, edit_date=NOW)
    again = await all_shown(ann)
    assert again[: len(short)] == short
    assert [id_ for id_ in again if ann.messages[id_].rows] == again[-1:]
    assert set(again[len(short) :]).isdisjoint(long)


async def all_shown(ann: Person) -> list[int]:
    """The bot's messages that there are once everything is answered, without this question's own answer."""
    ann.send("/help")
    while "/topics" not in (shown := await ann.sees()).text:
        pass
    del ann.messages[shown.id]
    return list(ann.messages)


async def test_an_edit_that_telegram_refuses_for_its_age_is_answered_below(ann: Person, telegram: Emulator) -> None:
    question, answer = await asked(ann, K2)
    telegram.faults.append(Fault("editMessageText", bad("message can't be edited")))
    assert (await ann.edit(question, MAGNESIUM)).id != answer


class ForgetfulStore(MemoryChatStore):
    """Its disk is full, but for what it has already."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = FullAnswers()


class FullAnswers(MemoryAnswerStore):
    async def save(self, _chat_id: int, _message_id: int, _answer_ids: Sequence[int]) -> None:
        raise StorageError("The database cannot be used (database or disk is full).")


async def test_an_answer_that_cannot_be_remembered_stands_without_an_apology(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    ann = telegram.person()
    async with running(telegram, Conversations(know, ForgetfulStore())):
        assert "K2" in (await ann.ask(K2)).text
        assert "/topics" in (await ann.ask("/help")).text
    assert "chat 1: The database cannot be used" in caplog.text
