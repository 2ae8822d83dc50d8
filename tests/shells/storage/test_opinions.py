"""One suite for votes, letters and questions for the doctor, in memory, SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.corpus.models import Tier
from bot.dialogue.reply import Outcome
from bot.ports import Added, Judged, Storage, Tally
from tests.still_clock import StillClock

ANN, BOB = 77, -1_001_234_567_890
ANSWER = Judged(Outcome.ANSWER, "vitamin-k2/role", Tier.ACADEMIC)
REFUSAL = Judged(Outcome.OUT_OF_SCOPE, None, Tier.FUNDAMENTALS)
TEXT = "Does zinc help, β & <i>?\nAnd 🦴?"


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))


async def test_votes_are_counted_by_outcome_and_intent_the_most_disliked_first(storage: Storage) -> None:
    await storage.votes.vote(ANN, 1, ANSWER, liked=True)
    await storage.votes.vote(BOB, 1, ANSWER, liked=True)
    await storage.votes.vote(ANN, 2, REFUSAL, liked=False)
    assert await storage.votes.tallies() == [
        Tally("out_of_scope", None, 0, 1),
        Tally("answer", "vitamin-k2/role", 2, 0),
    ]


async def test_the_last_vote_on_a_message_counts_and_is_taken_back(storage: Storage) -> None:
    for liked in (True, False, False):
        await storage.votes.vote(ANN, 1, ANSWER, liked=liked)
    assert await storage.votes.tallies() == [Tally("answer", "vitamin-k2/role", 0, 1)]
    for _ in range(2):
        await storage.votes.take_back(ANN, 1)
    assert await storage.votes.tallies() == []


async def test_a_letter_is_kept_once_for_each_message_the_last_text_of_it(storage: Storage, clock: StillClock) -> None:
    first = await storage.letters.send(ANN, 1, "Does zinc", ANSWER, most=20)
    assert await storage.letters.send(ANN, 1, TEXT, REFUSAL, most=20) == first
    (letter,) = await storage.letters.letters()
    assert (letter.id, letter.text, letter.outcome, letter.intent) == (first, TEXT, "out_of_scope", None)
    assert letter.sent_at == clock.at


async def test_letters_come_newest_last(storage: Storage, clock: StillClock) -> None:
    for number in (1, 2, 3):
        clock.at += timedelta(minutes=1)
        await storage.letters.send(ANN, number, f"Question {number}", REFUSAL, most=20)
    assert [letter.text[-1] for letter in await storage.letters.letters()] == ["1", "2", "3"]


async def test_within_a_day_a_chat_sends_so_many_letters_and_not_one_more(storage: Storage, clock: StillClock) -> None:
    assert [await storage.letters.send(ANN, n, TEXT, REFUSAL, most=2) is None for n in (1, 2, 3, 2)] == [
        False, False, True, False,
    ]  # fmt: skip
    assert await storage.letters.send(BOB, 1, TEXT, REFUSAL, most=2)
    clock.at += timedelta(days=1)
    assert await storage.letters.send(ANN, 3, TEXT, REFUSAL, most=2)


async def test_a_letter_is_taken_back_by_its_own_chat_only_and_deleted_by_the_author(storage: Storage) -> None:
    mine, other = [await storage.letters.send(ANN, n, TEXT, REFUSAL, most=9) or 0 for n in (1, 2)]
    assert not await storage.letters.take_back(BOB, mine)
    assert await storage.letters.take_back(ANN, mine)
    assert not await storage.letters.take_back(ANN, mine)
    assert await storage.letters.delete(other)
    assert not await storage.letters.delete(other)
    assert await storage.letters.letters() == []


async def test_the_number_of_a_deleted_row_is_not_given_again(storage: Storage) -> None:
    """Else an old button would delete a new row."""
    first = await storage.letters.send(ANN, 1, TEXT, REFUSAL, most=9) or 0
    await storage.letters.take_back(ANN, first)
    assert await storage.letters.send(ANN, 2, TEXT, REFUSAL, most=9) != first
    await storage.visits.add(ANN, TEXT, None, Tier.ACADEMIC, most=9)
    (before,) = await storage.visits.questions(ANN)
    await storage.visits.clear(ANN)
    await storage.visits.add(ANN, TEXT, None, Tier.ACADEMIC, most=9)
    (after,) = await storage.visits.questions(ANN)
    assert after.id != before.id


async def test_a_list_keeps_its_order_takes_nothing_twice_and_has_an_end(storage: Storage) -> None:
    async def add(text: str, intent: str | None = None) -> Added:
        return await storage.visits.add(ANN, text, intent, Tier.INTERMEDIATE, most=3)

    long = TEXT * 150
    added = [await add("B"), await add(long), await add("B"), await add("B", "vitamin-k2/role"), await add("C")]
    assert added == [Added.ADDED, Added.ADDED, Added.THERE, Added.ADDED, Added.FULL]
    found = [(question.text, question.intent, question.level) for question in await storage.visits.questions(ANN)]
    level = Tier.INTERMEDIATE
    assert found == [("B", None, level), (long, None, level), ("B", "vitamin-k2/role", level)]
    assert await storage.visits.questions(BOB) == []


async def test_a_question_is_deleted_from_its_own_list_only(storage: Storage) -> None:
    for text in ("A", "B"):
        await storage.visits.add(ANN, text, None, Tier.ACADEMIC, most=9)
    first, second = await storage.visits.questions(ANN)
    assert not await storage.visits.delete(BOB, first.id)
    assert [await storage.visits.delete(ANN, first.id) for _ in range(2)] == [True, False]
    await storage.visits.clear(BOB)
    assert await storage.visits.questions(ANN) == [second]


async def test_all_is_shown_and_forgotten_with_the_chat(storage: Storage) -> None:
    for chat_id in (ANN, BOB):
        await storage.votes.vote(chat_id, 1, ANSWER, liked=True)
        await storage.letters.send(chat_id, 1, TEXT, REFUSAL, most=9)
        await storage.visits.add(chat_id, TEXT, None, Tier.ACADEMIC, most=9)
    rows = await storage.chats.rows_of(ANN)
    assert json.loads(json.dumps(rows)) == rows
    assert {name: len(found) for name, found in rows.items()} == {"votes": 1, "letters": 1, "visit_questions": 1}
    assert (rows["votes"][0]["liked"], rows["letters"][0]["text"]) == (True, TEXT)
    await storage.chats.forget(ANN)
    assert await storage.chats.rows_of(ANN) == {}
    assert len(await storage.letters.letters()) == len(await storage.visits.questions(BOB)) == 1
    assert (await storage.votes.tallies())[0].up == 1


async def test_a_chat_that_moves_keeps_its_list_and_loses_what_hangs_on_old_numbers(storage: Storage) -> None:
    await storage.votes.vote(ANN, 1, ANSWER, liked=True)
    await storage.visits.add(ANN, TEXT, None, Tier.ACADEMIC, most=9)
    await storage.chats.migrate(ANN, BOB)
    assert await storage.votes.tallies() == []
    assert [question.text for question in await storage.visits.questions(BOB)] == [TEXT]
