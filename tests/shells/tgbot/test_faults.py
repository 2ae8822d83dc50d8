"""What goes wrong: handlers that fail, Telegram that refuses, chats that wait."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

import bot
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.errors import StorageError, TelegramError
from bot.reminders.draft import ANSWERED_WITHIN, Draft
from bot.shells.playground.telegram.faults import Broken, Delay
from bot.shells.serving import listen
from bot.shells.storage.memory import MemoryChatStore, memory_storage
from bot.shells.storage.memory_drafts import MemoryDraftStore
from bot.shells.tgbot import app, inbox, limiter, texts
from bot.shells.tgbot.logs import Discreet
from bot.usecases import Conversations
from tests.shells.storage.conftest import real_now
from tests.shells.tgbot.conftest import running, settings_for
from tests.shells.tgbot.emulator import TOKEN, Emulator, Fault, Person, RefusedError, bad

PRIVATE_WORDS = "my aunt Matilda's hip"
FULL = "The database osteon.sqlite3 cannot be used (database or disk is full)."
UNREADABLE = "The database osteon.sqlite3 cannot be used (disk I/O error)."
FLOOD = RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)


class FailingConversations(Conversations):
    async def answer(self, chat_id: int, message: Message) -> Reply:
        if message.text == PRIVATE_WORDS:
            raise ValueError(f"cannot read {message.text!r}")
        return await super().answer(chat_id, message)


class FullStore(MemoryChatStore):
    async def save(self, _chat_id: int, _state: ChatState) -> None:
        raise StorageError(FULL)


class UnreadableStore(MemoryChatStore):
    async def load(self, _chat_id: int) -> ChatState:
        raise StorageError(UNREADABLE)


class UnreadableDrafts(MemoryDraftStore):
    async def load(self, _chat_id: int, _within: timedelta = ANSWERED_WITHIN) -> Draft | None:
        raise StorageError(UNREADABLE)


class HeldStore(MemoryChatStore):
    """Lets the turns of one chat wait."""

    def __init__(self, held: int) -> None:
        super().__init__()
        self.held, self.released = held, asyncio.Event()

    async def load(self, chat_id: int) -> ChatState:
        if chat_id == self.held:
            await self.released.wait()
        return await super().load(chat_id)


async def test_a_failing_handler_apologises_and_logs_neither_text_nor_token(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    ann = telegram.person(77)
    with caplog.at_level(logging.WARNING):
        async with running(telegram, FailingConversations(know, MemoryChatStore())):
            assert (await ann.ask(PRIVATE_WORDS)).text == texts.FAILED
            assert "/topics" in (await ann.ask("/help")).text
    log = "\n".join(map(Discreet(TOKEN).format, caplog.records))
    assert "chat 77" in log
    assert "builtins.ValueError" in log
    assert "in answer" in log
    assert "Matilda" not in log + caplog.text


async def test_chats_do_not_wait_for_each_other_and_each_is_answered_in_order(
    telegram: Emulator, know: Knowledge
) -> None:
    ann, bob = telegram.person(1), telegram.person(2)
    store = HeldStore(held=1)
    async with running(telegram, Conversations(know, store)):
        ann.send("What does vitamin K2 do?")
        ann.send("/help")
        assert "calcium" in (await bob.ask("What does vitamin K2 do?")).text
        assert ann.sees_nothing_more()
        store.released.set()
        assert "K2" in (await ann.sees()).text
        assert "/topics" in (await ann.sees()).text


async def test_a_button_stops_spinning_although_its_chat_has_to_wait(telegram: Emulator, know: Knowledge) -> None:
    ann = telegram.person(1)
    store = HeldStore(held=1)
    async with running(telegram, Conversations(know, store)):
        ann.send("What does vitamin K2 do?")
        ann.tap("a:vitamin-k2/foods", 1)
        await ann.answered()
        assert ann.sees_nothing_more()
        store.released.set()
        assert "natto" in (await ann.sees()).text


async def test_a_chat_that_telegram_slows_down_waits_alone(ann: Person, telegram: Emulator) -> None:
    bob = telegram.person(2)
    telegram.faults.append(Fault("sendMessage", FLOOD, chat_id=1))
    ann.send("/help")
    assert "/topics" in (await bob.ask("/help")).text
    assert ann.sees_nothing_more()
    assert "/topics" in (await ann.sees()).text


@pytest.mark.parametrize(
    ("faults", "copies"),
    [
        ([Broken.RESET], 1),
        ([Broken.BAD_GATEWAY], 1),
        ([Broken.BAD_GATEWAY, Broken.BAD_GATEWAY, Broken.BAD_GATEWAY], 1),
        ([Broken.GARBAGE], 1),
        ([RefusedError(500, "Internal Server Error")], 1),
        ([FLOOD], 1),
        ([Broken.RESET_AFTER], 2),
        ([Broken.RESET_AFTER, Broken.RESET_AFTER], 2),
    ],
    ids=str,
)
@pytest.mark.usefixtures("quick")
async def test_whatever_breaks_on_the_way_an_answer_comes_and_never_a_third_time(
    ann: Person, telegram: Emulator, faults: list[RefusedError | Broken], copies: int
) -> None:
    telegram.faults += [Fault("sendMessage", fault) for fault in faults]
    answers = [(await ann.ask("What does vitamin K2 do?")).text]
    answers += [(await ann.sees()).text for _ in range(copies - 1)]
    assert len(set(answers)) == 1
    assert "calcium" in answers[0]
    assert "/topics" in (await ann.ask("/help")).text
    assert ann.sees_nothing_more()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (limiter, inbox):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)


@pytest.mark.usefixtures("quick")
async def test_an_answer_that_telegram_takes_too_long_for_comes_twice_at_most(
    telegram: Emulator, conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "ANSWER_TIMEOUT", 0.2)
    late = asyncio.Event()
    ann, bob = telegram.person(1), telegram.person(2)
    telegram.faults += [Fault("sendMessage", Delay(late.wait), chat_id=1) for _ in range(2)]
    async with running(telegram, conversations):
        ann.send("/help")
        assert "/topics" in (await bob.ask("/help")).text, "nobody else waits"
        await asyncio.sleep(0.6)
        late.set()
        assert (await ann.sees()).text == (await ann.sees()).text
        assert "Osteon" in (await ann.ask("/start")).text


async def test_a_token_that_is_revoked_while_the_bot_runs_ends_it_with_one_sentence(
    telegram: Emulator, conversations: Conversations
) -> None:
    async def talk_until_it_is_revoked() -> None:
        async with running(telegram, conversations):
            ann = telegram.person()
            await ann.ask("/help")
            telegram.world.token = TOKEN[::-1]
            ann.send("/help")
            await asyncio.sleep(0.2)

    with pytest.raises(TelegramError, match="Telegram does not accept the token in TELEGRAM_BOT_TOKEN"):
        await talk_until_it_is_revoked()


async def test_a_chat_that_blocked_us_is_left_alone(
    ann: Person, telegram: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.faults.append(Fault("sendMessage", RefusedError(403, "Forbidden: bot was blocked by the user")))
    with caplog.at_level(logging.INFO):
        ann.send("/help")
        assert "How to ask" not in (await ann.ask("/privacy")).text
    assert "chat 1 takes no messages from us" in caplog.text
    assert len(telegram.called("sendMessage")) == 2


async def test_a_query_that_is_too_old_still_does_its_work(ann: Person, telegram: Emulator) -> None:
    telegram.faults.append(Fault("answerCallbackQuery", bad("query is too old")))
    ann.tap("a:vitamin-k2/foods", 1)
    assert "natto" in (await ann.sees()).text


async def test_the_bot_starts_although_its_menu_is_refused(telegram: Emulator, conversations: Conversations) -> None:
    telegram.faults.append(Fault("setMyCommands", bad("can't set commands")))
    async with running(telegram, conversations):
        assert "/topics" in (await telegram.person().ask("/help")).text


async def test_a_full_disk_costs_nobody_an_answer_and_is_told_to_the_operator(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(telegram, Conversations(know, FullStore())):
        assert "calcium" in (await telegram.person(77).ask("What does vitamin K2 do?")).text
    assert FULL in caplog.text


async def test_a_database_that_cannot_be_read_is_an_apology_and_a_sentence_for_the_operator(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(telegram, Conversations(know, UnreadableStore())):
        assert (await telegram.person(77).ask("What does vitamin K2 do?")).text == texts.FAILED
    assert f"chat 77: {UNREADABLE}" in caplog.text


async def test_a_call_for_help_is_answered_although_nothing_can_be_read(
    telegram: Emulator, know: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    storage = replace(memory_storage(UnreadableStore()), drafts=UnreadableDrafts(real_now))
    ann, bob = telegram.person(77), telegram.person(78)
    async with running(telegram, Conversations(know, storage.chats), storage):
        assert words.URGENT.split("\n")[0] in (await ann.ask("my chest hurts and I cannot breathe")).text
        assert ann.sees_nothing_more()
        assert words.SELF_HARM.split("\n")[0] in (await bob.ask("I want to die")).text
        assert (await bob.ask("What does vitamin K2 do?")).text == texts.FAILED
    assert f"chat 77: {UNREADABLE}" in caplog.text


@pytest.mark.usefixtures("core")  # so that what it computes is there to be shared
async def test_a_program_that_is_killed_goes_on_where_the_conversation_was(
    telegram: Emulator, tmp_path: Path, computed: Path
) -> None:
    ann = telegram.person()
    async with program(telegram, tmp_path, computed) as killed:
        await ready(telegram, starts=1)
        await ann.ask("What does vitamin K2 do?")
        help_shown = await ann.ask("/help")
        killed.kill()
    async with program(telegram, tmp_path, computed) as stopped:
        await ready(telegram, starts=2)
        again = await ann.ask("and magnesium?")
        if again.text == help_shown.text:  # it died before it could note that this was answered
            await ann.sees()
        assert b'"intents": [\n        "magnesium/role",\n        "vitamin-k2/role"' in await file_of(ann)
        stopped.terminate()
        _, shown = await asyncio.wait_for(stopped.communicate(), 30)
    assert (stopped.returncode, b"Traceback" in shown) == (0, False)


async def test_a_wrong_token_ends_the_program_with_one_sentence(tmp_path: Path, computed: Path) -> None:
    """The whole program, since only that shows what an operator sees."""
    async with Emulator(token=TOKEN[::-1]) as telegram, program(telegram, tmp_path, computed) as process:
        _, shown = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 1
    sentences = [line for line in shown.decode().splitlines() if line.startswith("osteon:")]
    assert len(sentences) == 1
    assert "TELEGRAM_BOT_TOKEN" in sentences[0]
    assert TOKEN not in shown.decode()


@asynccontextmanager
async def program(telegram: Emulator, data: Path, computed: Path) -> AsyncIterator[Process]:
    """`osteon run` with a database of its own; it shares what was computed from the content."""
    if not (data / "cache").exists():
        (data / "cache").symlink_to(computed / "cache")
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
        "OSTEON_DATA": str(data),
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=data, env=os.environ | settings, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


async def ready(telegram: Emulator, starts: int) -> None:
    """Wait until the program has started so many times in all."""
    async with asyncio.timeout(120):
        while len(telegram.called("setMyCommands")) < starts:  # noqa: ASYNC110 - the emulator only keeps a list
            await asyncio.sleep(0.05)


async def file_of(person: Person) -> bytes:
    shown = await person.ask("/mydata")
    assert shown.file
    return shown.file[1]


async def test_by_webhook_it_is_the_same_bot_and_an_update_that_comes_twice_is_answered_once(
    telegram: Emulator, conversations: Conversations
) -> None:
    with listen() as free:
        port = free.getsockname()[1]
    address = {"osteon_webhook_url": f"http://127.0.0.1:{port}", "osteon_listen": f"127.0.0.1:{port}"}
    async with running(telegram, conversations, settings=settings_for(telegram).model_copy(update=address)):
        ann = telegram.person()
        assert "calcium" in (await ann.ask("What does vitamin K2 do?")).text
        assert "agnesium" in (await ann.ask("and magnesium?")).text
        (told,) = telegram.called("setWebhook")
        async with httpx.AsyncClient() as stranger:
            url = f"http://127.0.0.1:{port}"
            assert (await stranger.post(f"{url}/telegram", json={"update_id": 1})).status_code == 401
            again = {"update_id": 1, "message": ann.written("/help")}
            secret = {"X-Telegram-Bot-Api-Secret-Token": told["secret_token"]}
            assert (await stranger.post(f"{url}/telegram", json=again, headers=secret)).status_code == 200
            assert [(await stranger.get(f"{url}{page}")).status_code for page in ("/healthz", "/readyz")] == [200, 200]
        assert "Osteon" in (await ann.ask("/start")).text
        assert ann.sees_nothing_more()
