"""What the page asks for: things that people do, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.shells.playground.stage import Stage
from bot.shells.playground.telegram.errors import bad
from bot.shells.playground.telegram.records import Json

MOST_TYPED = 4096
"""Characters; Telegram's apps part what is longer."""
LONGEST_STEP = timedelta(days=366)


def _say(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    chat = stage.chat(account, asked.get("chat"))
    reply_to = stage.message(chat, asked["reply_to"]) if asked.get("reply_to") else None
    return {"message": account.say(_text(asked), chat, reply_to).id}


def _edit(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    account.edit(stage.message(stage.chat(account, asked.get("chat")), asked.get("message")), _text(asked))
    return {}


def _press(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    message = stage.message(stage.chat(account, asked.get("chat")), asked.get("message"))
    data = asked.get("data")
    if data not in [button.get("callback_data") for row in message.rows for button in row]:
        raise bad("the button is gone")
    stage.decisions.begin(message.chat.id)
    return {"query": account.press(message, str(data)).id}


def _inline(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    chat = stage.chat(account, asked.get("chat"))
    return {"query": account.look_up(str(asked.get("text", ""))[:256], str(asked.get("offset", "")), chat).id}


def _choose(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    chat = stage.chat(account, asked.get("chat"))
    query = stage.telegram.query(str(asked.get("query")))
    if query.sender != account.user:
        raise bad("the offer is gone")
    return {"message": account.choose(query, str(asked.get("result")), chat).id}


def _location(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    chat = stage.chat(account, asked.get("chat"))
    latitude, longitude = float(asked["latitude"]), float(asked["longitude"])
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise bad("there is no such place on earth")
    return {"message": account.send_location(latitude, longitude, chat).id}


def _block(stage: Stage, asked: Json) -> Json:
    account = stage.account(asked.get("person"))
    if asked.get("blocked"):
        account.block()
    else:
        account.unblock()
    return {}


async def move_on(stage: Stage, asked: Json) -> Json:
    """Reminders that fall due on the way are sent on the way."""
    step = timedelta(hours=float(asked["hours"]))
    if not timedelta() <= step <= LONGEST_STEP:
        raise bad("the clock goes forward, by a year at most")
    await stage.move_clock(step)
    return {"now": stage.clock().isoformat()}


def _text(asked: Json) -> str:
    text = str(asked.get("text", "")).strip()[:MOST_TYPED]
    if not text:
        raise bad("message text is empty")
    return text


ACTIONS: dict[str, Callable[[Stage, Json], Json]] = {
    "say": _say,
    "edit": _edit,
    "press": _press,
    "inline": _inline,
    "choose": _choose,
    "location": _location,
    "block": _block,
}
