"""What else a person meets around reminders: cautions, blocks, buttons out of date, what is kept."""

from __future__ import annotations

import pytest

from bot.bootstrap import Core
from bot.ports import Storage
from bot.reminders.records import Standing
from bot.shells.tgbot import reminder_setup_texts as setup_texts
from bot.shells.tgbot import reminder_texts as texts
from tests.shells.tgbot.emulator import Emulator, Person
from tests.shells.tgbot.reminders.conftest import WISH, set_up, subscriptions, times_in


async def test_high_impact_is_opted_into_below_the_caution(ann: Person, storage: Storage, core: Core) -> None:
    await set_up(ann)
    caution = await ann.press(texts.HIGH_IMPACT[False], await ann.ask("/reminders"))
    theme = core.reminders.caution
    assert theme
    excerpts = [core.knowledge.article.excerpt(pointer) for pointer in theme.caution]
    assert "Should be approached with caution based on individual fracture risk." in caution.texts("blockquote")[0]
    assert excerpts[0].passage.section in caution.text
    assert not (await subscriptions(storage))[0].high_impact
    included = await ann.press(texts.CAUTION_YES, caution)
    assert (await subscriptions(storage))[0].high_impact
    await ann.press(texts.CAUTION_NO, await ann.press(texts.HIGH_IMPACT[True], included))
    assert not (await subscriptions(storage))[0].high_impact


async def test_how_it_works_is_told_openly(ann: Person) -> None:
    told = await ann.press(texts.HOW, await ann.ask("/reminders"))
    for word in ("at most 15 minutes later", "Between 21:00 and 7:00", "three weeks", "400 days"):
        assert word in told.text
    assert (await ann.press(texts.BACK, told)).labels[-1] == texts.HOW


async def test_groups_have_no_reminders(telegram: Emulator, storage: Storage) -> None:
    family = telegram.person(-5)
    for text in ("/reminders@osteon_bot", "/progress@osteon_bot", f"@osteon_bot {WISH}"):
        assert (await family.ask(text)).text == texts.PRIVATE_ONLY
    assert await storage.reminders.of_chat(-5) == []


async def test_blocked_is_resting_and_unblocked_is_asked(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    ann.account.block()
    ann.account.unblock()
    asked = await ann.sees()
    assert asked.text == texts.AFTER_BLOCK.format(streams="exercise")
    assert [it.standing for it in await subscriptions(storage)] == [Standing.BLOCKED]
    on = await ann.press(texts.GO_ON, asked)
    assert times_in(on) == ["Tuesday, 1 December, 19:00"]


async def test_unblocked_and_asked_one_may_say_yes_in_words(ann: Person) -> None:
    await set_up(ann)
    ann.account.block()
    ann.account.unblock()
    await ann.sees()
    assert times_in(await ann.ask("yes please")) == ["Tuesday, 1 December, 19:00"]


@pytest.mark.parametrize(
    "data",
    ["W:", "W:days/", "W:days/88", "W:days/21", "W:time/1440", "W:zone/mars/base", "W:change/time", "P:both/0",
     "P:both/9999", "X:all", "C:", "A:exercise", "A:exercise/", "H:maybe", "R:secrets", "S:1", "W:anew/all"],
)  # fmt: skip
async def test_what_somebody_made_up_is_stale(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert (await ann.answered())["show_alert"]


@pytest.mark.parametrize(
    "data", ["W:days/1", "W:time/540", "W:zone/europe/london", "W:yes/0", "W:ticked/1", "W:cancel"]
)
async def test_a_button_of_a_set_up_that_is_over_says_so(ann: Person, data: str) -> None:
    ann.tap(data, (await ann.ask("/help")).id)
    assert setup_texts.TOO_OLD in (await ann.sees()).text


async def test_all_that_is_kept_is_shown_and_forgotten(ann: Person, storage: Storage) -> None:
    await set_up(ann)
    await ann.ask("move my exercise reminder to friday")
    mine = await ann.ask("/mydata")
    assert mine.file
    assert b'"subscriptions"' in mine.file[1]
    assert b'"reminder_drafts"' in mine.file[1]
    assert b"move my exercise" not in mine.file[1]
    await ann.press("Delete everything", await ann.ask("/forgetme"))
    assert await storage.chats.rows_of(7) == {}


async def test_no_word_and_no_plan_is_in_the_log(ann: Person, caplog: pytest.LogCaptureFixture) -> None:
    await set_up(ann)
    await ann.ask("stop")
    for word in ("exercise", "tuesday", "London", "1140"):
        assert word not in caplog.text
