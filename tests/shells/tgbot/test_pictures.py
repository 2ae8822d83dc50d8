"""Pictures on Telegram: the button, the photo, and the name by which Telegram knows it from then on."""

from __future__ import annotations

import html
import re

import pytest

from bot.corpus.models import Tier
from bot.corpus.pictures import picture_under
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.shells.tgbot.keyboard import reply_keyboard
from bot.shells.tgbot.links import payload_of
from bot.shells.tgbot.pictures import render_caption
from bot.shells.tgbot.presses import MOST_BYTES, Kind, Press, decode
from tests.shells.tgbot.emulator import Emulator, Fault, Person, RefusedError, bad

BUTTON = "🖼 Picture"
K2 = "vitamin-k2/role"


async def picture_of(ann: Person, intent_id: str) -> bytes:
    shown = await ann.press(BUTTON, await ann.ask(f"/start {payload_of(intent_id)}"))
    assert shown.picture
    return shown.picture


def uploads(telegram: Emulator) -> list[bool]:
    """Of each picture that was to be sent, whether it was uploaded."""
    return [not isinstance(call["photo"], str) for call in telegram.called("sendPhoto")]


async def test_the_picture_comes_below_the_answer_with_what_it_shows_as_text(ann: Person, know: Knowledge) -> None:
    answer = await ann.ask(f"/start {payload_of(K2)}")
    shown = await ann.press(BUTTON, answer)
    picture = know.pictures["nutrient-table"]
    assert shown.id != answer.id
    assert shown.text == picture.alt_text
    assert shown.texts("blockquote") == [quote.text for quote in picture.quotes]
    assert shown.texts("i")[-1].startswith("Intermediate › ")
    assert shown.picture
    assert shown.picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert shown.rows == []


async def test_telegram_is_sent_a_picture_once(ann: Person, telegram: Emulator) -> None:
    first = await picture_of(ann, K2)
    again = await picture_of(ann, "calcium/foods")
    assert again == first, "she sees the same picture"
    assert uploads(telegram) == [True, False]


async def test_a_picture_whose_name_telegram_refuses_is_sent_anew(ann: Person, telegram: Emulator) -> None:
    await picture_of(ann, K2)
    telegram.faults.append(Fault("sendPhoto", bad("wrong file identifier/HTTP URL specified")))
    assert await picture_of(ann, K2)
    await picture_of(ann, K2)
    assert uploads(telegram) == [True, False, True, False]


async def test_a_refused_name_is_forgotten_even_if_sending_anew_fails(ann: Person, telegram: Emulator) -> None:
    await picture_of(ann, K2)
    telegram.faults.append(Fault("sendPhoto", bad("wrong remote file identifier specified: wrong string length")))
    telegram.faults.append(Fault("sendPhoto", RefusedError(403, "Forbidden: bot was blocked by the user")))
    ann.tap(Press(Kind.PICTURE, "nutrient-table").encode(), 1)
    await ann.answered()
    assert await picture_of(ann, K2)
    assert uploads(telegram) == [True, False, True, True]


async def test_another_refusal_keeps_the_name(ann: Person, telegram: Emulator) -> None:
    await picture_of(ann, K2)
    telegram.faults.append(Fault("sendPhoto", RefusedError(403, "Forbidden: bot was blocked by the user")))
    answer = await ann.ask(f"/start {payload_of(K2)}")
    ann.tap(answer.data(BUTTON), answer.id)
    await ann.answered()
    await picture_of(ann, K2)
    assert uploads(telegram) == [True, False, False]


async def test_all_pictures_are_listed_and_each_is_drawn(ann: Person, know: Knowledge) -> None:
    listed = await ann.ask("/pictures")
    assert listed.labels == [picture.name for picture in know.pictures.values()]
    for picture in know.pictures.values():
        shown = await ann.press(picture.name, listed)
        assert shown.text == picture.alt_text


async def test_a_picture_that_is_gone_is_a_stale_button(ann: Person) -> None:
    ann.tap(Press(Kind.PICTURE, "gone").encode(), 1)
    assert (await ann.answered())["show_alert"]


def test_a_caption_shows_what_a_screen_reader_is_told(know: Knowledge) -> None:
    for picture in know.pictures.values():
        assert html.unescape(re.sub("<[^>]+>", "", render_caption(picture))) == picture.alt_text


def test_the_button_stands_with_more_and_sources(know: Knowledge) -> None:
    _, reply = take_turn(ChatState(), Message(press="nutrients/table"), know)
    keyboard = reply_keyboard(reply)
    assert keyboard
    assert ["Sources", BUTTON] in [[button.text for button in row] for row in keyboard.inline_keyboard]


def test_every_picture_has_a_button_that_fits_and_is_read_back(know: Knowledge) -> None:
    for id_ in know.pictures:
        press = Press(Kind.PICTURE, id_)
        assert len(press.encode().encode()) <= MOST_BYTES
        assert decode(press.encode()) == press


@pytest.mark.parametrize(("level", "id_"), [(Tier.FUNDAMENTALS, "remodeling-cycle"), (Tier.ACADEMIC, "signals")])
def test_of_two_pictures_the_one_nearer_to_the_level_is_offered(know: Knowledge, level: Tier, id_: str) -> None:
    picture = picture_under("serms/what", level, know.pictures.values())
    assert picture
    assert picture.id == id_


def test_an_answer_without_a_picture_has_no_button(know: Knowledge) -> None:
    _, reply = take_turn(ChatState(), Message(press="inflammation/diet"), know)
    assert reply.sections
    assert reply.picture is None
