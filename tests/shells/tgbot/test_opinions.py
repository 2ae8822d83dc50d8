"""Thumbs up and down, as a person sees them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogue.knowledge import Knowledge
from bot.ports import Storage, Tally
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.links import payload_of
from bot.shells.tgbot.presses import MOST_BYTES, Kind, Press, decode
from tests.shells.tgbot.database import K2, REFUSED, files_after, started
from tests.shells.tgbot.emulator import Emulator, Fault, Person, Shown, bad

INTENT = "vitamin-k2/role"
UP, DOWN, UP_GIVEN, DOWN_GIVEN = "👍", "👎", "✓ 👍", "✓ 👎"


@pytest.fixture
async def storage(telegram: Emulator, know: Knowledge, tmp_path: Path) -> AsyncIterator[Storage]:
    async with started(telegram, know, tmp_path) as opened:
        yield opened


@pytest.fixture
async def ann(telegram: Emulator, storage: Storage) -> Person:  # noqa: ARG001 - somebody has to answer her
    return telegram.person(7)


async def toast_of(person: Person, label: str, shown: Shown) -> object:
    person.tap(shown.data(label), shown.id)
    return (await person.answered())["text"]


async def test_an_answer_has_one_last_row_and_a_refusal_the_way_to_the_author_below_it(ann: Person) -> None:
    answer, refusal = await ann.ask(K2), await ann.ask(REFUSED)
    row = [UP, DOWN, texts.ADD]
    assert [button["text"] for button in answer.rows[-1]] == row
    assert [[button["text"] for button in line] for line in refusal.rows[-2:]] == [row, [texts.LETTER]]


async def test_urgent_replies_small_talk_and_sources_have_no_votes(ann: Person) -> None:
    for text in ("I have crushing chest pain and cannot breathe", "thank you", "/topics", "/help"):
        assert UP not in (await ann.ask(text)).labels
    assert UP not in (await ann.press("Sources", await ann.ask(K2))).labels


async def test_a_vote_is_marked_thanked_for_and_counted(ann: Person, storage: Storage) -> None:
    answer = await ann.ask(K2)
    assert await toast_of(ann, UP, answer) == texts.LIKED
    marked = await ann.sees()
    assert (marked.id, marked.text) == (answer.id, answer.text)
    assert marked.labels[-3:] == [UP_GIVEN, DOWN, texts.ADD]
    assert await storage.votes.tallies() == [Tally("answer", INTENT, 1, 0)]


async def test_a_vote_is_changed_and_taken_back(ann: Person, storage: Storage) -> None:
    answer = await ann.ask(K2)
    liked = await ann.press(UP, answer)
    disliked = await ann.press(DOWN, liked)
    assert disliked.labels[-4:] == [UP, DOWN_GIVEN, texts.ADD, texts.LETTER]
    assert await storage.votes.tallies() == [Tally("answer", INTENT, 0, 1)]
    assert await toast_of(ann, DOWN_GIVEN, disliked) == texts.VOTE_TAKEN_BACK
    assert (await ann.sees()).labels == answer.labels
    assert await storage.votes.tallies() == []


async def test_a_refusal_keeps_the_way_to_the_author_whatever_the_vote(ann: Person, storage: Storage) -> None:
    liked = await ann.press(UP, await ann.ask(REFUSED))
    assert liked.labels[-4:] == [UP_GIVEN, DOWN, texts.ADD, texts.LETTER]
    assert await storage.votes.tallies() == [Tally("out_of_scope", None, 1, 0)]


async def test_a_press_that_comes_twice_is_one_vote(ann: Person, storage: Storage) -> None:
    answer = await ann.ask(K2)
    await ann.press(DOWN, answer)
    ann.tap(answer.data(DOWN), answer.id)
    await ann.answered()
    await ann.ask("/help")
    assert await storage.votes.tallies() == [Tally("answer", INTENT, 0, 1)]


async def test_a_vote_outlives_a_restart_and_is_taken_back_after_it(
    telegram: Emulator, know: Knowledge, tmp_path: Path
) -> None:
    ann = telegram.person()
    async with started(telegram, know, tmp_path):
        liked = await ann.press(UP, await ann.ask(K2))
    async with started(telegram, know, tmp_path) as storage:
        assert (await storage.votes.tallies())[0].up == 1
        await ann.press(UP_GIVEN, liked)
        assert await storage.votes.tallies() == []


async def test_after_forgetting_a_marked_vote_is_simply_unmarked(ann: Person, storage: Storage) -> None:
    liked = await ann.press(UP, await ann.ask(K2))
    await ann.press("Delete everything", await ann.ask("/forgetme"))
    assert await storage.votes.tallies() == []
    assert UP in (await ann.press(UP_GIVEN, liked)).labels


async def test_a_vote_counts_although_its_message_can_no_longer_be_changed(
    ann: Person, storage: Storage, telegram: Emulator
) -> None:
    answer = await ann.ask(K2)
    telegram.faults.append(Fault("editMessageReplyMarkup", bad("message can't be edited")))
    assert await toast_of(ann, UP, answer) == texts.LIKED
    await ann.ask("/help")
    assert (await storage.votes.tallies())[0].up == 1


async def test_a_group_votes_too_and_sees_no_letter(telegram: Emulator, storage: Storage) -> None:
    family = telegram.person(-5)
    family.send(f"/start@osteon_bot {payload_of(INTENT)}")
    disliked = await family.press(DOWN, await family.sees())
    assert disliked.labels[-3:] == [UP, DOWN_GIVEN, texts.ADD]
    assert (await storage.votes.tallies())[0].down == 1


@pytest.mark.parametrize(
    "data", ["u:gone/gone", "u:academic:gone/gone", "n:academic:9:", "u:", "n:academic:2:vitamin-k2/role"]
)
async def test_a_vote_that_somebody_made_up_is_not_counted(ann: Person, storage: Storage, data: str) -> None:
    answer = await ann.ask(K2)
    ann.tap(data, answer.id)
    assert (await ann.answered())["show_alert"]
    await ann.ask("/help")
    assert await storage.votes.tallies() == []


async def test_no_word_of_a_person_is_kept_by_voting(
    ann: Person, storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        refusal = await ann.ask(REFUSED)
        disliked = await ann.press(DOWN, refusal)
        shown = await ann.press(texts.LETTER, disliked)
        await ann.press(texts.LETTER_DO_NOT, shown)
        await ann.ask("Matilda again?")
        assert b"Matilda" not in await files_after(ann, storage, tmp_path)
    assert "Matilda" not in caplog.text


def test_every_button_of_ours_fits_and_is_read_back(know: Knowledge) -> None:
    for intent_id in know.intents:
        for kind in (Kind.LIKE, Kind.DISLIKE, Kind.LETTER, Kind.SEND, Kind.ADD):
            for seen in (0, 1):
                data = Press(kind, intent_id, next(iter(know.intents[intent_id].excerpts)), seen).encode()
                assert len(data.encode()) <= MOST_BYTES
                assert decode(data) == Press(kind, intent_id, next(iter(know.intents[intent_id].excerpts)), seen)
