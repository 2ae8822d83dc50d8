"""What is remembered of a chat: over a restart, shown, and deleted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.settings import Settings
from bot.shells.storage.database import open_storage
from bot.shells.storage.tables import chats
from bot.shells.tgbot import texts, tidying
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import real_now, running
from tests.shells.tgbot.emulator import Emulator, Person

K2 = "vitamin-k2/role"


@asynccontextmanager
async def started(telegram: Emulator, know: Knowledge, data: Path) -> AsyncIterator[None]:
    """The bot with a database of its own, as `osteon run` opens it."""
    settings = Settings(osteon_data=data, osteon_database_url=None)
    async with (
        open_storage(settings, real_now) as storage,
        running(telegram, Conversations(know, storage.chats), storage),
    ):
        yield


@pytest.fixture
async def bea(telegram: Emulator, know: Knowledge, tmp_path: Path) -> AsyncIterator[Person]:
    """Somebody who talks to a bot with a database."""
    async with started(telegram, know, tmp_path):
        yield telegram.person(7)


async def rows(person: Person) -> dict[str, list[dict[str, object]]]:
    """What /mydata shows, without the inbox: there it shows the very message that asked for it."""
    shown = await person.ask("/mydata")
    assert shown.file
    name, content = shown.file
    assert name == texts.MY_DATA_FILE
    found: dict[str, list[dict[str, object]]] = json.loads(content)
    assert content.decode() == json.dumps(found, ensure_ascii=False, indent=2)
    assert [row["done_at"] for row in found.pop("inbox")][-1] is None
    return found


def files_in(data: Path) -> bytes:
    """The database with what SQLite writes beside it."""
    return b"".join(path.read_bytes() for path in data.glob("osteon.sqlite3*"))


async def test_a_conversation_goes_on_after_a_restart(telegram: Emulator, know: Knowledge, tmp_path: Path) -> None:
    ann = telegram.person()
    async with started(telegram, know, tmp_path):
        await ann.ask("/level academic")
        first = await ann.ask("What do osteoclasts do?")
    async with started(telegram, know, tmp_path):
        more = await ann.ask("more")
        assert "steoclast" in more.texts("blockquote")[0]
        assert not set(first.texts("blockquote")) & set(more.texts("blockquote"))
        await ann.ask("Which foods contain vitamin K2?")
    async with started(telegram, know, tmp_path):
        await ann.ask("and magnesium?")
        assert (await rows(ann))["chats"][0]["intents"] == ["magnesium/foods", "vitamin-k2/foods", "osteoclasts/role"]
        assert "✓ Academic" in (await ann.ask("/level")).labels


async def test_the_title_of_a_button_picks_it_that_was_offered_before_a_restart(
    telegram: Emulator, know: Knowledge, tmp_path: Path
) -> None:
    ann = telegram.person()
    async with started(telegram, know, tmp_path):
        offered = await ann.ask("What does vitamin K2 do?")
    async with started(telegram, know, tmp_path):
        await ann.ask("Foods with vitamin K2")
        assert "Foods with vitamin K2" in offered.labels
        assert (await rows(ann))["chats"][0]["intents"] == ["vitamin-k2/foods", K2]


async def test_my_data_are_the_rows_as_they_are_stored(bea: Person) -> None:
    await bea.ask("/level intermediate")
    answer = await bea.ask("What does vitamin K2 do?")
    found = await rows(bea)
    (row,), (answered,) = found.pop("chats"), found.pop("answers")
    assert (found, answered["answer_ids"]) == ({}, [answer.id])
    assert list(row) == [column.name for column in chats.columns]
    assert (row["chat_id"], row["level"], row["intents"], row["misses"]) == (7, "intermediate", [K2], 0)


async def test_nothing_is_stored_of_somebody_who_only_looks_around(bea: Person) -> None:
    for command in ("/start", "/help", "/privacy", "/topics", "/level", "/glossary", "/references"):
        await bea.ask(command)
    assert await rows(bea) == {}


async def test_no_word_of_a_person_is_stored_when_it_was_answered(
    telegram: Emulator, know: Knowledge, tmp_path: Path
) -> None:
    ann = telegram.person()
    async with started(telegram, know, tmp_path):
        await ann.ask("Does Aunt Matilda need vitamin K2?")
        assert b"Matilda" in files_in(tmp_path), "if the process died now, nothing would be lost"
        await ann.ask("Xylophone Matilda?")
        await ann.ask("/mydata Matilda")
    assert b"Matilda" not in files_in(tmp_path)


async def test_the_traces_of_what_was_answered_are_removed_soon(
    bea: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "TIDY_AFTER", 0.01)
    await bea.ask("Does Aunt Matilda need vitamin K2?")
    async with asyncio.timeout(10):
        while b"Matilda" in files_in(tmp_path):  # noqa: ASYNC110 - only the files can tell
            await asyncio.sleep(0.02)


async def test_forgetting_asks_first_and_keep_keeps(bea: Person, telegram: Emulator) -> None:
    await bea.ask("What does vitamin K2 do?")
    before = await rows(bea)
    question = await bea.ask("/forgetme")
    (buttons,) = question.rows
    assert [(button["text"], button.get("style")) for button in buttons] == [
        (texts.FORGET_YES, "danger"),
        (texts.FORGET_NO, None),
    ]
    kept = await bea.press(texts.FORGET_NO, question)
    assert (kept.id, kept.text, kept.rows) == (question.id, texts.KEPT, [])
    assert await rows(bea) == before
    assert telegram.violations == []


async def test_forgetting_deletes_all_of_this_chat_and_says_so(bea: Person, telegram: Emulator) -> None:
    bob = telegram.person(8)
    for person in (bea, bob):
        await person.ask("/level academic")
        await person.ask("What does vitamin K2 do?")
    question = await bea.ask("/forgetme")
    done = await bea.press(texts.FORGET_YES, question)
    assert (done.id, done.text, done.rows) == (question.id, texts.FORGOTTEN, [])
    assert await rows(bea) == {}
    assert "✓ Fundamentals" in (await bea.ask("/level")).labels
    assert "chats" in await rows(bob)


async def test_a_second_press_on_delete_is_no_error(bea: Person) -> None:
    question = await bea.ask("/forgetme")
    data = question.data(texts.FORGET_YES)
    await bea.press(texts.FORGET_YES, question)
    bea.tap(data, question.id)
    await bea.answered()
    assert await rows(bea) == {}


async def test_after_forgetting_a_conversation_begins_anew(bea: Person) -> None:
    await bea.ask("What does vitamin K2 do?")
    await bea.press(texts.FORGET_YES, await bea.ask("/forgetme"))
    assert not (await bea.ask("more")).texts("blockquote")


async def test_a_state_of_another_version_does_no_harm(telegram: Emulator, know: Knowledge, tmp_path: Path) -> None:
    ann = telegram.person()
    async with open_storage(Settings(osteon_data=tmp_path, osteon_database_url=None), real_now) as storage:
        await storage.chats.save(1, ChatState(Tier.ACADEMIC, ("gone/gone", K2), ("gone:9-99",), ("gone/gone",), 1))
    async with started(telegram, know, tmp_path):
        assert "K2" in (await ann.ask("more")).text
