"""The list of questions for the doctor: put on it, shown, printed, deleted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_citation
from bot.ports import Question, Storage
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.links import payload_of
from bot.shells.tgbot.visit_sheet import render_sheet
from tests.shells.tgbot.database import K2, REFUSED, files_after, lose_question, started
from tests.shells.tgbot.emulator import Emulator, Person, Shown

INTENT = "vitamin-k2/role"


@pytest.fixture
async def storage(telegram: Emulator, know: Knowledge, tmp_path: Path) -> AsyncIterator[Storage]:
    async with started(telegram, know, tmp_path) as opened:
        yield opened


@pytest.fixture
async def ann(telegram: Emulator, storage: Storage) -> Person:  # noqa: ARG001 - somebody has to answer her
    return telegram.person(7)


async def add(person: Person, text: str) -> Shown:
    return await person.press(texts.ADD, await person.ask(text))


async def listed(storage: Storage, chat_id: int = 7) -> list[str]:
    return [question.text for question in await storage.visits.questions(chat_id)]


async def test_an_empty_list_says_how_to_fill_it(ann: Person) -> None:
    shown = await ann.ask("/visit")
    assert texts.ADD in shown.text
    assert shown.rows == []


async def test_ones_own_words_are_added_and_that_they_are_kept_is_said(ann: Person, storage: Storage) -> None:
    added = await add(ann, REFUSED)
    assert added.texts("blockquote") == [REFUSED]
    assert "I keep this text until you delete it" in added.text
    await add(ann, K2)
    assert await listed(storage) == [REFUSED, K2]
    shown = await ann.press(texts.VISIT_SHOW, added)
    assert shown.id == added.id
    assert f"1. {REFUSED}\n2. {K2} (What vitamin K2 does)" in shown.text


async def test_the_answer_to_a_button_goes_by_its_title(ann: Person, storage: Storage, know: Knowledge) -> None:
    await ann.press(texts.ADD, await ann.ask(f"/start {payload_of(INTENT)}"))
    foods = await ann.press("Foods with vitamin K2", await ann.ask(K2))
    await ann.press(texts.ADD, foods)
    assert await listed(storage) == [know.intents[INTENT].title, "Foods with vitamin K2"]


async def test_a_refusal_whose_question_is_gone_is_not_added_and_says_so(ann: Person, storage: Storage) -> None:
    refusal = await ann.ask(REFUSED)
    lose_question(ann, refusal)
    assert (await ann.press(texts.ADD, refusal)).text == texts.VISIT_NO_WORDS
    assert await listed(storage) == []


async def test_the_same_twice_is_one(ann: Person, storage: Storage) -> None:
    await add(ann, REFUSED)
    assert "on your list of questions for the doctor already" in (await add(ann, REFUSED)).text
    assert await listed(storage) == [REFUSED]


async def test_a_full_list_says_so(ann: Person, storage: Storage) -> None:
    for number in range(texts.MOST_QUESTIONS):
        await storage.visits.add(7, f"{'Wörter 🦴 & <more> ' * 30}{number}", None, Tier.ACADEMIC, most=99)
    full = await add(ann, REFUSED)
    assert full.text == texts.VISIT_FULL
    shown = await ann.press(texts.VISIT_SHOW, full)
    assert "50. " in shown.text
    deleting = await ann.press(texts.VISIT_DELETE_ONE, shown)
    assert len(deleting.labels) == texts.MOST_QUESTIONS + 1


async def test_one_question_is_deleted_without_a_trace(ann: Person, storage: Storage, tmp_path: Path) -> None:
    await add(ann, REFUSED)
    await add(ann, K2)
    deleting = await ann.press(texts.VISIT_DELETE_ONE, await ann.ask("/visit"))
    assert deleting.labels == ["Delete 1", "Delete 2", texts.VISIT_BACK]
    left = await ann.press("Delete 1", deleting)
    assert left.labels == ["Delete 1", texts.VISIT_BACK]
    assert await listed(storage) == [K2]
    ann.tap(deleting.data("Delete 1"), deleting.id)  # the same press once more deletes nothing else
    await ann.answered()
    shown = await ann.press(texts.VISIT_BACK, left)
    assert texts.VISIT_PRINT in shown.labels
    assert await listed(storage) == [K2]
    assert b"Matilda" not in await files_after(ann, storage, tmp_path)


async def test_all_are_deleted_on_the_second_press(ann: Person, storage: Storage) -> None:
    await add(ann, REFUSED)
    sure = await ann.press(texts.VISIT_DELETE_ALL, await ann.ask("/visit"))
    assert sure.labels == [texts.VISIT_DELETE_YES, texts.VISIT_KEEP]
    assert await listed(storage) == [REFUSED]
    kept = await ann.press(texts.VISIT_KEEP, sure)
    gone = await ann.press(texts.VISIT_DELETE_YES, await ann.press(texts.VISIT_DELETE_ALL, kept))
    assert gone.text == texts.VISIT_CLEARED
    assert await listed(storage) == []


async def test_the_sheet_is_a_file_with_questions_answers_and_room_to_write(ann: Person, know: Knowledge) -> None:
    await add(ann, REFUSED)
    await add(ann, K2)
    shown = await ann.press(texts.VISIT_PRINT, await ann.ask("/visit"))
    assert shown.file
    name, content = shown.file
    assert name == "questions-for-my-doctor.html"
    sheet = read(content.decode())
    excerpt = know.article.excerpt(next(iter(know.intents[INTENT].excerpts.values()))[0])
    assert f"1. {REFUSED}" in sheet
    assert f"2. {K2}" in sheet
    assert excerpt.text in sheet
    assert render_citation(excerpt) in sheet
    assert "Intermediate version" in sheet
    assert sheet.count(texts.SHEET_NOTES) == 2


async def test_an_empty_list_is_not_printed(ann: Person, storage: Storage) -> None:
    await add(ann, REFUSED)
    shown = await ann.ask("/visit")
    await storage.visits.clear(7)
    assert "list of questions for the doctor is empty" in (await ann.press(texts.VISIT_PRINT, shown)).text


async def test_nobody_deletes_or_prints_the_question_of_another(
    ann: Person, telegram: Emulator, storage: Storage
) -> None:
    await add(ann, REFUSED)
    (question,) = await storage.visits.questions(7)
    bob = telegram.person(8)
    hello = await bob.ask("/help")
    for data in (f"c:{question.id}", "z:yes", "x:"):
        bob.tap(data, hello.id)
        await bob.answered()
        assert "Matilda" not in (await bob.sees()).text
    assert await listed(storage) == [REFUSED]


@pytest.mark.parametrize(
    "data", ["c:99999999999999999999", "c:", "c:-1", "z:no", "e:all", "x:1", "b:", "b:academic:gone/gone"]
)
async def test_what_somebody_made_up_is_stale(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert (await ann.answered())["show_alert"]


async def test_the_list_outlives_a_restart_and_ends_with_forgetting(
    telegram: Emulator, know: Knowledge, tmp_path: Path
) -> None:
    ann = telegram.person(7)
    async with started(telegram, know, tmp_path):
        await add(ann, REFUSED)
    async with started(telegram, know, tmp_path) as storage:
        assert REFUSED in (await ann.ask("/visit")).text
        mine = await ann.ask("/mydata")
        assert mine.file
        assert [row["text"] for row in json.loads(mine.file[1])["visit_questions"]] == [REFUSED]
        await ann.press("Delete everything", await ann.ask("/forgetme"))
        assert await listed(storage) == []


async def test_in_a_group_there_is_no_list(telegram: Emulator, storage: Storage) -> None:
    family = telegram.person(-5)
    assert (await family.ask("/visit@osteon_bot")).text == texts.PRIVATE_ONLY
    answer = await family.ask(f"/ask {K2}")
    family.tap(answer.data(texts.ADD), answer.id)
    assert (await family.answered())["text"] == texts.PRIVATE_ONLY
    await family.ask("/help@osteon_bot")
    assert await listed(storage, -5) == []


def test_what_people_wrote_is_escaped_on_the_sheet(know: Knowledge) -> None:
    hostile = "</h2><script>alert(1)</script>"
    sheet = render_sheet([Question(1, hostile, None, Tier.ACADEMIC), Question(2, K2, "gone/gone", Tier.ACADEMIC)], know)
    assert "<script" not in sheet
    assert hostile in read(sheet)
    assert read(sheet).count(texts.SHEET_NO_ANSWER) == 2
    assert "http" not in sheet, "it needs no network"


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def read(sheet: str) -> str:
    reader = Reader()
    reader.feed(sheet)
    return reader.text
