"""What the bot may do, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.shells.playground.telegram.people import Account
from bot.shells.playground.telegram.world import Event
from tests.shells.playground.telegram.conftest import TOKEN, Bot, png


def row(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Press"} | button]]}


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a < b", "can't parse entities"),
        ("a & b", "can't parse entities"),
        ("a > b", "can't parse entities"),
        ("&nbsp;", "can't parse entities"),
        ("<b>open", "is not closed"),
        ("<b>a<i>b</b></i>", "closes nothing"),
        ("<b>a<strong>b</strong></b>", "inside itself"),
        ("<h1>big</h1>", "is not known"),
        ("<b class='x'>a</b>", "has no attributes"),
        ("<b> </b>x", "is empty"),
        ("<code><b>x</b></code>", "takes no formatting"),
        ('<a href="javascript:x">x</a>', "is no address"),
        ("<tg-time>x</tg-time>", "needs a time"),
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x</b> " * 101, "101 entities"),
    ],
)
async def test_a_text_that_shows_wrong_is_refused_and_kept_as_a_violation(bot: Bot, text: str, word: str) -> None:
    assert word in await bot.say(text)
    assert len(bot.telegram.violations) == 1
    assert word in bot.telegram.violations[0]


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("text", ["x" * 4096, "<b>x</b> " * 100, "&lt;&amp;&gt;&quot;&#60;", "<b>a<i>b</i></b>"])
async def test_a_text_at_the_limits_is_taken(bot: Bot, text: str) -> None:
    assert (await bot.say(text))["message_id"]
    assert bot.telegram.violations == []


@pytest.mark.usefixtures("ann")
async def test_formatting_becomes_entities_in_utf_16_units(bot: Bot) -> None:
    said = await bot.say(
        '  😀 <b>bold</b> <tg-time unix="5" format="r">then</tg-time>\n<blockquote expandable>q</blockquote>'
    )
    assert said["text"] == "😀 bold then\nq"
    assert said["entities"] == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "date_time", "offset": 8, "length": 4, "unix_time": 5, "date_time_format": "r"},
        {"type": "expandable_blockquote", "offset": 13, "length": 1},
    ]


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("markup", "word"),
    [
        (row(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (row(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (row(callback_data=""), "BUTTON_DATA_INVALID"),
        (row(), "one thing that it does"),
        (row(callback_data="x", url="https://example.org"), "one thing that it does"),
        (row(callback_data="x", colour="red"), "one thing that it does"),
        (row(callback_data="x", style="blue"), "button style"),
        (row(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (row(url="example"), "BUTTON_URL_INVALID"),
        ({"inline_keyboard": [[]]}, "a row of it is empty"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "too long"),
    ],
)
async def test_a_keyboard_that_telegram_refuses_is_refused(bot: Bot, markup: dict[str, Any], word: str) -> None:
    assert word in await bot.say("hello", reply_markup=markup)


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "x" * 64, "style": "danger"},
        {"copy_text": {"text": "x"}},
        {"url": "https://example.org"},
        {"switch_inline_query": ""},
        {"switch_inline_query_current_chat": "k2"},
    ],
)
async def test_every_kind_of_button_is_taken(bot: Bot, button: dict[str, Any]) -> None:
    assert (await bot.say("hello", reply_markup=row(**button)))["reply_markup"] == row(**button)


async def test_unknown_methods_and_parameters_are_violations(bot: Bot, ann: Account) -> None:
    assert "is unknown" in await bot.call("sendDance", chat_id=ann.user.id)
    assert "does not know ['colour']" in await bot.say("hello", colour="red")
    assert "lacks ['text']" in await bot.call("sendMessage", chat_id=1)
    assert len(bot.telegram.violations) == 3


async def test_a_wrong_token_opens_nothing(bot: Bot) -> None:
    assert (await bot.client.post("/bot1:x/getMe")).status_code == 401
    assert (await bot.client.get("/file/bot1:x/file-1")).status_code == 401


async def test_a_chat_that_never_began_is_not_found(bot: Bot) -> None:
    assert await bot.say("hello") == "400 Bad Request: chat not found"
    assert bot.telegram.violations == []


@pytest.mark.usefixtures("ann")
async def test_an_edit_changes_the_message_in_place_and_must_change_something(bot: Bot) -> None:
    said = await bot.say("one", reply_markup=row(callback_data="x"))
    where = {"chat_id": 1, "message_id": said["message_id"]}
    refused = await bot.call("editMessageText", **where, text="one", reply_markup=row(callback_data="x"))
    assert "message is not modified" in refused
    edited = await bot.call("editMessageText", **where, text="two")
    assert (edited["text"], "reply_markup" in edited) == ("two", False)
    assert "no caption" in await bot.call("editMessageCaption", **where, caption="x")
    marked = await bot.call("editMessageReplyMarkup", **where, reply_markup=row(callback_data="y"))
    assert (marked["text"], marked["reply_markup"]) == ("two", row(callback_data="y"))
    assert "message to edit not found" in await bot.call("editMessageText", chat_id=1, message_id=999, text="x")
    assert bot.telegram.violations == []


async def test_nobody_elses_message_is_edited(bot: Bot, ann: Account) -> None:
    mine = ann.say("mine")
    assert "can't be edited" in await bot.call("editMessageText", chat_id=1, message_id=mine.id, text="yours")


@pytest.mark.usefixtures("ann")
async def test_a_message_is_deleted_for_two_days_only(bot: Bot) -> None:
    first, second = await bot.say("one"), await bot.say("two")
    assert await bot.call("deleteMessage", chat_id=1, message_id=first["message_id"]) is True
    assert "not found" in await bot.call("deleteMessage", chat_id=1, message_id=first["message_id"])
    bot.pass_time(timedelta(hours=49))
    assert "can't be deleted" in await bot.call("deleteMessage", chat_id=1, message_id=second["message_id"])


async def test_a_reply_shows_what_it_answers(bot: Bot, ann: Account) -> None:
    asked = ann.say("why?")
    said = await bot.say("because", reply_parameters={"message_id": asked.id})
    assert said["reply_to_message"]["text"] == "why?"
    assert "message to be replied not found" in await bot.say("x", reply_parameters={"message_id": 999})
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.say("x", reply_parameters=lenient)


@pytest.mark.usefixtures("ann")
async def test_a_picture_is_uploaded_once_sent_again_and_downloaded(bot: Bot) -> None:
    data = png(8, 6)
    form = {"chat_id": "1", "caption": "<b>12</b>", "parse_mode": "HTML", "photo": "attach://p"}
    answer = await bot.client.post(f"/bot{TOKEN}/sendPhoto", data=form, files={"p": ("x.png", data, "image/png")})
    photo = answer.json()["result"]["photo"][-1]
    assert (photo["width"], photo["height"]) == (8, 6)
    again = await bot.call("sendPhoto", chat_id=1, photo=photo["file_id"])
    assert again["photo"][-1]["file_id"] == photo["file_id"]
    path = (await bot.call("getFile", file_id=photo["file_id"]))["file_path"]
    assert (await bot.client.get(f"/file/bot{TOKEN}/{path}")).content == data
    assert (await bot.client.get(f"/file/bot{TOKEN}/file-99")).status_code == 404
    where = {"chat_id": 1, "message_id": again["message_id"]}
    caption = await bot.call("editMessageCaption", **where, caption="new")
    assert (caption["caption"], "photo" in caption) == ("new", True)
    media = {"type": "photo", "media": photo["file_id"], "caption": "newer"}
    assert (await bot.call("editMessageMedia", **where, media=media))["caption"] == "newer"
    assert "no text in the message" in await bot.call("editMessageText", **where, text="x")
    assert bot.telegram.violations == []


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("data", [b"no picture", png(8, 6)[:40], png(2000, 2)])
async def test_what_is_no_fitting_picture_is_refused(bot: Bot, data: bytes) -> None:
    answer = await bot.client.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": "1"}, files={"photo": ("x.png", data)})
    assert answer.json()["error_code"] == 400
    assert len(bot.telegram.violations) == 1


@pytest.mark.usefixtures("ann")
async def test_a_document_keeps_its_name_and_its_caption_is_short(bot: Bot) -> None:
    files = {"document": ("data.json", b"\r\n{}\r\n--", "application/json")}
    form = {"chat_id": "1", "caption": "x" * 1024}
    sent = (await bot.client.post(f"/bot{TOKEN}/sendDocument", data=form, files=files)).json()["result"]
    assert sent["document"]["file_name"] == "data.json"
    assert bot.telegram.files.get(sent["document"]["file_id"]).data == b"\r\n{}\r\n--"
    again = {"chat_id": 1, "document": sent["document"]["file_id"], "caption": "x" * 1025}
    assert "caption is too long" in await bot.call("sendDocument", **again)


async def test_a_pressed_button_is_answered_once(bot: Bot, ann: Account) -> None:
    said = await bot.say("hello", reply_markup=row(callback_data="a:b"))
    ann.press(ann.private.messages[said["message_id"]], "a:b")
    (update,) = await bot.updates()
    query = update["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("a:b", "hello")
    told: list[Event] = []
    bot.telegram.listeners.append(told.append)
    assert await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Done") is True
    assert told[0].content["text"] == "Done"
    assert "query is too old" in await bot.call("answerCallbackQuery", callback_query_id=query["id"])
    assert bot.telegram.violations == []


async def test_an_inline_result_that_is_chosen_becomes_a_message_that_the_bot_can_edit(bot: Bot, ann: Account) -> None:
    query = ann.look_up("k2")
    (update,) = await bot.updates()
    assert update["inline_query"]["query"] == "k2"
    result = {
        "type": "article",
        "id": "1",
        "title": "K2",
        "input_message_content": {"message_text": "<b>K2</b>", "parse_mode": "HTML"},
        "reply_markup": row(callback_data="a:b"),
    }
    assert await bot.call("answerInlineQuery", inline_query_id=query.id, results=[result], cache_time=5) is True
    message = ann.choose(query, "1")
    assert (message.text, message.sender, message.via_bot) == ("K2", ann.user, bot.telegram.bot)
    _, chosen, heard = await bot.updates()
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert heard["message"]["via_bot"]["id"] == bot.telegram.bot.id
    ann.press(message, "a:b")
    (*_, pressed) = await bot.updates()
    assert pressed["callback_query"]["inline_message_id"] == inline_id
    assert await bot.call("editMessageText", inline_message_id=inline_id, text="new") is True
    assert message.text == "new"


@pytest.mark.parametrize(
    ("results", "word"),
    [
        ([{"type": "article", "id": "1", "title": "x"}], "lacks something"),
        ([{"type": "video", "id": "1"}], "is not known"),
        ([{"type": "article", "id": "1"}] * 2, "RESULT_ID_DUPLICATE"),
        ([{"type": "article", "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{"type": "article", "id": str(n)} for n in range(51)], "RESULTS_TOO_MUCH"),
    ],
)
async def test_an_inline_answer_that_telegram_refuses_is_refused(
    bot: Bot, ann: Account, results: list[dict[str, Any]], word: str
) -> None:
    query = ann.look_up("k2")
    assert word in await bot.call("answerInlineQuery", inline_query_id=query.id, results=results)


async def test_the_menu_is_kept_by_scope_and_language(bot: Bot) -> None:
    commands = [{"command": "help", "description": "How to ask"}]
    assert await bot.call("setMyCommands", commands=commands, scope={"type": "all_group_chats"}) is True
    assert await bot.call("getMyCommands") == []
    assert await bot.call("getMyCommands", scope={"type": "all_group_chats"}) == commands
    assert "BOT_COMMAND_INVALID" in await bot.call("setMyCommands", commands=[{"command": "X", "description": "x"}])


async def test_a_description_that_is_too_long_is_refused(bot: Bot) -> None:
    assert await bot.call("setMyDescription", description="x" * 512) is True
    assert "too long" in await bot.call("setMyShortDescription", short_description="x" * 121)
