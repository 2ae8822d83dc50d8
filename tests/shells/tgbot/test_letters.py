"""Questions sent to the author: shown first, sent on the second press, taken back on the third."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.knowledge import Knowledge
from bot.ports import Storage
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.letters import MOST_LETTERS
from tests.shells.tgbot.database import K2, REFUSED, files_after, lose_question, started
from tests.shells.tgbot.emulator import Emulator, Person, Shown

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
async def storage(telegram: Emulator, know: Knowledge, tmp_path: Path) -> AsyncIterator[Storage]:
    async with started(telegram, know, tmp_path, lambda: NOW) as opened:
        yield opened


@pytest.fixture
async def ann(telegram: Emulator, storage: Storage) -> Person:  # noqa: ARG001 - somebody has to answer her
    return telegram.person(7)


async def preview(person: Person, text: str = REFUSED) -> Shown:
    return await person.press(texts.LETTER, await person.ask(text))


async def sent_texts(storage: Storage) -> list[str]:
    return [letter.text for letter in await storage.letters.letters()]


async def test_the_exact_text_is_shown_first_and_sent_on_the_second_press(ann: Person, storage: Storage) -> None:
    shown = await preview(ann)
    assert shown.texts("blockquote") == [REFUSED]
    assert "The author, and whoever runs me, can read it" in shown.text
    assert shown.labels == [texts.LETTER_SEND, texts.LETTER_DO_NOT]
    assert await sent_texts(storage) == []
    sent = await ann.press(texts.LETTER_SEND, shown)
    assert (sent.id, sent.texts("blockquote"), sent.labels) == (shown.id, [REFUSED], [texts.LETTER_BACK])
    (letter,) = await storage.letters.letters()
    assert (letter.text, letter.outcome, letter.intent, letter.sent_at) == (REFUSED, "out_of_scope", None, NOW)


async def test_a_letter_about_a_disliked_answer_names_its_intent(ann: Person, storage: Storage) -> None:
    disliked = await ann.press("👎", await ann.ask(K2))
    await ann.press(texts.LETTER_SEND, await ann.press(texts.LETTER, disliked))
    (letter,) = await storage.letters.letters()
    assert (letter.text, letter.outcome, letter.intent) == (K2, "answer", "vitamin-k2/role")


async def test_not_sent_is_not_kept(ann: Person, storage: Storage, tmp_path: Path) -> None:
    shown = await preview(ann)
    assert (await ann.press(texts.LETTER_DO_NOT, shown)).text == texts.LETTER_NOT_SENT
    assert await sent_texts(storage) == []
    assert b"Matilda" not in await files_after(ann, storage, tmp_path)


async def test_a_letter_is_taken_back_without_a_trace(ann: Person, storage: Storage, tmp_path: Path) -> None:
    sent = await ann.press(texts.LETTER_SEND, await preview(ann))
    assert b"Matilda" in await files_after(ann, storage, tmp_path)
    back = await ann.press(texts.LETTER_BACK, sent)
    assert (back.id, back.text, back.rows) == (sent.id, texts.LETTER_TAKEN_BACK, [])
    assert await sent_texts(storage) == []
    assert b"Matilda" not in await files_after(ann, storage, tmp_path)


async def test_each_press_may_come_twice(ann: Person, storage: Storage) -> None:
    shown = await preview(ann)
    for _ in range(2):
        ann.tap(shown.data(texts.LETTER_SEND), shown.id)
        await ann.answered()
    sent = await ann.sees()
    assert await sent_texts(storage) == [REFUSED]
    for _ in range(2):
        ann.tap(sent.data(texts.LETTER_BACK), sent.id)
        await ann.answered()
    await ann.ask("/help")
    assert await sent_texts(storage) == []


async def test_the_same_question_sent_from_two_buttons_is_one_letter(ann: Person, storage: Storage) -> None:
    refusal = await ann.ask(REFUSED)
    for _ in range(2):
        await ann.press(texts.LETTER_SEND, await ann.press(texts.LETTER, refusal))
    assert await sent_texts(storage) == [REFUSED]


async def test_a_message_that_was_changed_in_between_is_shown_anew_before_it_is_sent(
    ann: Person, storage: Storage
) -> None:
    shown = await preview(ann)
    question = ann.chat.messages[shown.reply_to or 0]
    question.content["text"] = "Does zinc help at all?"
    again = await ann.press(texts.LETTER_SEND, shown)
    assert again.texts("blockquote") == ["Does zinc help at all?"]
    assert await sent_texts(storage) == []
    await ann.press(texts.LETTER_SEND, again)
    assert await sent_texts(storage) == ["Does zinc help at all?"]


async def test_who_has_deleted_the_message_is_told_how_to_send_it_all_the_same(ann: Person, storage: Storage) -> None:
    refusal, shown = await ann.ask(REFUSED), await preview(ann)
    lose_question(ann, refusal)
    lose_question(ann, shown)
    assert (await ann.press(texts.LETTER, refusal)).text == texts.LETTER_NO_WORDS
    assert (await ann.press(texts.LETTER_SEND, shown)).text == texts.LETTER_NO_WORDS
    assert await sent_texts(storage) == []


async def test_a_long_text_and_too_many_letters_are_declined_kindly(ann: Person, storage: Storage) -> None:
    long = "Does zinc help? " * 80
    assert "I can send 1000" in (await preview(ann, long)).text
    for number in range(MOST_LETTERS):
        await ann.press(texts.LETTER_SEND, await preview(ann, f"Does zinc help {number}?"))
    assert (await ann.press(texts.LETTER_SEND, await preview(ann))).text == texts.LETTERS_ENOUGH
    assert len(await sent_texts(storage)) == MOST_LETTERS


async def test_nobody_takes_back_the_letter_of_another(ann: Person, telegram: Emulator, storage: Storage) -> None:
    await ann.press(texts.LETTER_SEND, await preview(ann))
    (letter,) = await storage.letters.letters()
    bob = telegram.person(8)
    bob.tap(f"r:{letter.id}", (await bob.ask("/help")).id)
    await bob.answered()
    await bob.ask("/help")
    assert await sent_texts(storage) == [REFUSED]


@pytest.mark.parametrize("data", ["r:99999999999999999999", "r:-1", "r:a/b", "q:", "y:gone/gone", "q:academic:gone/x"])
async def test_what_somebody_made_up_is_stale(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert (await ann.answered())["show_alert"]


async def test_a_letter_outlives_a_restart_and_is_taken_back_after_it(
    telegram: Emulator, know: Knowledge, tmp_path: Path
) -> None:
    ann = telegram.person()
    async with started(telegram, know, tmp_path):
        shown = await preview(ann)
    async with started(telegram, know, tmp_path):
        sent = await ann.press(texts.LETTER_SEND, shown)
    async with started(telegram, know, tmp_path) as storage:
        assert await sent_texts(storage) == [REFUSED]
        await ann.press(texts.LETTER_BACK, sent)
        assert await sent_texts(storage) == []


async def test_forgetting_takes_letters_back_and_my_data_shows_them(ann: Person, storage: Storage) -> None:
    sent = await ann.press(texts.LETTER_SEND, await preview(ann))
    mine = await ann.ask("/mydata")
    assert mine.file
    assert [row["text"] for row in json.loads(mine.file[1])["letters"]] == [REFUSED]
    await ann.press("Delete everything", await ann.ask("/forgetme"))
    assert await sent_texts(storage) == []
    assert (await ann.press(texts.LETTER_BACK, sent)).text == texts.LETTER_TAKEN_BACK


async def test_in_a_group_no_letter_is_written(telegram: Emulator, storage: Storage) -> None:
    family = telegram.person(-5)
    refusal = await family.ask(f"/ask {REFUSED}")
    family.tap(refusal.data(texts.LETTER), refusal.id)
    answer = await family.answered()
    assert (answer["text"], answer["show_alert"]) == (texts.PRIVATE_ONLY, True)
    await family.ask("/help@osteon_bot")
    assert await sent_texts(storage) == []
