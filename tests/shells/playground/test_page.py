"""The page in a real browser, with the real bot behind it; `windows` sees to it that no error shows up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.shells.tgbot import texts
from tests.shells.playground.conftest import Playground, Shown, Windows

K2 = "What does vitamin K2 do?"
MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")


def test_a_question_is_answered_and_its_answer_changes_in_place(shown: Shown) -> None:
    answer = shown.ask("What do osteoclasts do?")
    expect(answer.locator("blockquote").first).to_contain_text("osteoclast", ignore_case=True)
    before = answer.inner_text()
    answer.get_by_role("button", name="Deeper").click()
    expect(answer).to_contain_text("edited")
    assert answer.inner_text() != before
    expect(shown.page.get_by_role("status").filter(has_text="Intermediate version")).to_be_visible()
    expect(answer.get_by_role("button", name="Simpler")).to_be_visible()


def test_two_people_talk_at_once_and_apart(shown: Shown) -> None:
    shown.page.get_by_text("Ann and Bob", exact=True).click()
    expect(shown.page.locator(".pane")).to_have_count(2)
    expect(shown.ask(K2, "Ann")).to_contain_text("K2")
    answer = shown.ask("what is rankl?", "Bob")
    expect(answer).to_contain_text("RANKL")
    expect(shown.page.locator(".pane").first.locator(".log")).not_to_contain_text("RANKL")


def test_the_commands_are_found_with_the_keyboard_alone(shown: Shown) -> None:
    keyboard = shown.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")  # on the link that skips what stands before
    expect(shown.field()).to_be_focused()
    keyboard.type("/le")
    option = shown.page.get_by_role("option")
    expect(option).to_have_text(re.compile("/level"))
    keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    keyboard.press("Enter")
    ticked = shown.page.get_by_role("button", name=re.compile("^✓"))
    expect(ticked.last).to_be_visible()
    keyboard.type("/")
    expect(option).to_have_count(len(texts.COMMANDS))
    keyboard.press("Escape")
    expect(option).to_have_count(0)
    expect(shown.field()).to_be_focused()


def test_the_inspector_shows_the_decision_and_the_whole_section_with_the_quote_marked(shown: Shown) -> None:
    answer = shown.ask(K2)
    quote = answer.locator("blockquote").first.inner_text()
    answer.get_by_role("button", name="Why this answer").click()
    inspector = shown.page.get_by_role("complementary", name="Inspector")
    expect(inspector.get_by_role("heading", name="Why this answer")).to_be_focused()
    expect(inspector).to_contain_text("Sure enough to answer")
    expect(inspector.get_by_role("listitem").first).to_contain_text("What vitamin K2 does")
    expect(inspector).to_contain_text("letter for letter")
    section = inspector.get_by_role("region").first
    passage = section.get_by_role("paragraph").filter(has=shown.page.locator("mark")).first
    assert [mark.inner_text() for mark in passage.locator("mark").all()] == re.split(r"(?<=[.]) ", quote)
    assert len(section.inner_text()) > len(quote)
    inspector.get_by_text("Every figure").click()
    expect(inspector.get_by_role("row").first).to_contain_text("emergency")


def test_a_refusal_tells_its_guard(shown: Shown) -> None:
    shown.ask("how many mg of evista a day?").get_by_role("button", name="Why this answer").click()
    inspector = shown.page.get_by_role("complementary", name="Inspector")
    expect(inspector).to_contain_text("Not in the article: it refused")
    expect(inspector.get_by_role("definition").nth(1)).to_have_text("dose")


def test_a_message_is_edited_and_answered_anew(shown: Shown) -> None:
    shown.ask("What is natto?")
    answers = shown.page.locator(".message.bot")
    shown.page.get_by_role("button", name="Edit").last.click()
    expect(shown.field()).to_have_value("What is natto?")
    expect(shown.field()).to_be_focused()
    shown.field().fill("What is rankl?")
    shown.field().press("Enter")
    expect(answers.last).to_contain_text("RANKL")
    expect(shown.page.locator(".message.own").last).to_contain_text("What is rankl?")


def test_what_people_write_is_never_a_part_of_the_page(shown: Shown) -> None:
    shown.ask("<img src=x onerror=alert(1)><b>bold</b> & so on")
    own = shown.page.locator(".message.own").last
    expect(own).to_contain_text("<img src=x onerror=alert(1)><b>bold</b> & so on")
    expect(own.locator("img, b")).to_have_count(0)


def test_a_file_is_offered_and_a_stale_button_speaks_up(shown: Shown, playground: Playground) -> None:
    shown.ask(K2)
    with shown.page.expect_download() as download:
        shown.ask("/mydata").get_by_role("link", name=re.compile("osteon-my-data.json")).click()
    assert "vitamin-k2/role" in Path(download.value.path()).read_text(encoding="utf-8")
    told = {
        "chat_id": 1001,
        "text": "old",
        "reply_markup": {"inline_keyboard": [[{"text": "Old", "callback_data": "z:1"}]]},
    }
    as_bot(playground, "sendMessage", told)
    shown.page.get_by_role("button", name="Old", exact=True).last.click()
    alert = shown.page.get_by_role("dialog")
    expect(alert).to_be_visible()
    alert.get_by_role("button", name="OK").click()
    expect(alert).to_be_hidden()


def test_cards_are_offered_behind_the_bots_name_and_one_is_sent(shown: Shown) -> None:
    shown.field().press_sequentially("@osteon_bot vitamin k2")
    option = shown.page.get_by_role("option").filter(has_text="What vitamin K2 does")
    expect(option).to_be_visible()
    option.click()
    card = shown.page.locator(".message.own").last
    expect(card).to_contain_text("via @osteon_bot")
    expect(card.locator("blockquote").first).to_contain_text("vitamin")
    answers = shown.page.locator(".message.bot")
    before = answers.count()
    card.get_by_role("group", name="Buttons").get_by_role("button").click()
    expect(answers.nth(before)).to_contain_text("K2")


def test_words_that_fit_no_card_lead_to_the_chat(shown: Shown) -> None:
    shown.field().press_sequentially("@osteon_bot zinc")
    option = shown.page.get_by_role("option")
    expect(option).to_have_text(texts.ASK_IN_CHAT)
    shown.field().press("ArrowDown")
    shown.field().press("Enter")
    expect(shown.page.locator(".message.own").last).to_contain_text("/start ask")


def test_every_kind_of_text_picture_and_button_is_drawn(shown: Shown, playground: Playground) -> None:
    text = '<tg-time unix="1700000000">then</tg-time> <code>code</code>\n<blockquote expandable>long</blockquote>\nend'
    keys = [
        [{"text": "Copy", "copy_text": {"text": "copied"}}, {"text": "Stop", "callback_data": "z", "style": "danger"}]
    ]
    markup = {"inline_keyboard": keys}
    as_bot(playground, "sendMessage", {"chat_id": 1001, "text": text, "parse_mode": "HTML", "reply_markup": markup})
    message = shown.page.locator(".message.bot").last
    expect(message.locator("time")).to_contain_text("2023")
    message.get_by_role("button", name="Show all").click()
    expect(message.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
    expect(message.get_by_role("button", name="Stop")).to_have_attribute("data-style", "danger")
    as_bot(playground, "sendChatAction", {"chat_id": 1001, "action": "typing"})
    expect(shown.page.get_by_text("Osteon is typing")).to_be_visible()


def test_the_clock_goes_forward(shown: Shown) -> None:
    before = shown.page.locator("#now").get_attribute("datetime")
    shown.page.get_by_role("button", name="+1 week").click()
    expect(shown.page.get_by_role("status").filter(has_text="1 week further")).to_be_visible()
    assert before is not None
    expect(shown.page.locator("#now")).not_to_have_attribute("datetime", re.compile(before[:10]))


def test_in_the_group_the_bot_hears_its_commands(shown: Shown) -> None:
    shown.page.get_by_text("Group", exact=True).click()
    shown.field().fill("hello everybody")
    shown.field().press("Enter")
    shown.page.get_by_label("Writing as").select_option(label="Bob")
    answer = shown.ask("/topics@osteon_bot", "Bob")
    expect(answer).to_contain_text("subjects of the article")
    shown.page.get_by_role("button", name="Menu").click()
    expect(shown.page.get_by_role("listbox").get_by_role("option")).to_have_count(len(texts.GROUP_COMMANDS))
    expect(shown.page.locator(".message.other").first).to_contain_text("hello everybody")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_and_controls_have_names(windows: Windows, scheme: str) -> None:
    shown = windows.open(scheme=scheme)
    shown.ask("/forgetme")
    shown.ask(K2).get_by_role("button", name="Why this answer").click()
    expect(shown.page.locator("mark").first).to_be_attached()
    shown.page.get_by_role("button", name="Menu").click()
    measured: dict[str, Any] = shown.page.evaluate(MEASURES)
    assert measured["texts"] > 50
    assert measured["faint"] == []
    assert measured["nameless"] == []


def test_the_order_of_the_keyboard_is_that_of_the_page(shown: Shown) -> None:
    keyboard = shown.page.keyboard

    def reached(*keys: str) -> list[str]:
        names = []
        for key in keys:
            keyboard.press(key)
            name = "el => (el.getAttribute('aria-label') || el.textContent || el.value).trim()"
            names.append(shown.page.locator(":focus").evaluate(name))
        return names

    clock = ["+1 hour", "+1 day", "+1 week"]
    assert reached(*["Tab"] * 6) == ["Skip to the message field", "ann", *clock, "Block the bot"]
    shown.field().focus()
    assert reached("Tab", "Shift+Tab", "Shift+Tab") == ["Send", "Message from Ann", "Menu"]


def test_a_narrow_screen_needs_no_scrolling_sideways(windows: Windows) -> None:
    shown = windows.open(width=390, height=844)
    shown.ask(K2).get_by_role("button", name="Why this answer").click()
    expect(shown.page.get_by_role("button", name="Close")).to_be_visible()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert shown.page.evaluate("document.getElementById('inspected').scrollWidth") <= 390
    shown.page.keyboard.press("Escape")
    expect(shown.page.get_by_role("button", name="Why this answer").last).to_be_focused()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert shown.page.evaluate("Math.max(...[...document.querySelectorAll('.log')].map(log => log.scrollWidth))") <= 390


def as_bot(playground: Playground, method: str, parameters: dict[str, Any]) -> None:
    with playground.client as client:
        answer = client.post(f"/bot{playground.stage.telegram.token}/{method}", json=parameters)
    assert answer.json()["ok"], answer.text
