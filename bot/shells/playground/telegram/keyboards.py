"""The buttons under a message, checked."""

from __future__ import annotations

import re

from bot.shells.playground.telegram.errors import mistake
from bot.shells.playground.telegram.records import Json

MOST_BUTTONS = 100
MOST_IN_ROW = 8
STYLES = ("danger", "success", "primary")
_INLINE_ACTIONS = {
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
}
_LINK = re.compile(r"(?:https?://|tg://)\S+")


def read_inline_keyboard(markup: Json | None) -> Json | None:
    """None for no buttons."""
    if markup is None:
        return None
    if markup.keys() != {"inline_keyboard"}:
        raise mistake(f"inline keyboard expected, not {sorted(markup)}")
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > MOST_BUTTONS or any(not 1 <= len(row) <= MOST_IN_ROW for row in rows):
        raise mistake("reply markup is too long, or a row of it is empty")
    for row in rows:
        for button in row:
            _check(button)
    return markup if rows else None


def read_reply_keyboard(markup: Json) -> Json | None:
    """The keyboard in place of the letters; None to take it away. An inline keyboard leaves it as it is."""
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return None
    rows = markup.get("keyboard", [])
    if not rows or any(not row or not all(_text(button) for button in row) for row in rows):
        raise mistake(f"a keyboard with these keys cannot be read: {sorted(markup)}")
    return markup


def _check(button: Json) -> None:
    actions = _INLINE_ACTIONS & button.keys()
    if not _text(button) or len(actions) != 1 or button.keys() - actions - {"text", "style"}:
        raise mistake(f"a button needs a text and one thing that it does: {sorted(button)}")
    if button.get("style", "primary") not in STYLES:
        raise mistake(f"button style {button['style']!r} is none of {STYLES}")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        raise mistake("BUTTON_DATA_INVALID")
    if not 1 <= len(button.get("copy_text", {"text": "x"}).get("text", "")) <= 256:
        raise mistake("BUTTON_COPY_TEXT_INVALID")
    if not _LINK.fullmatch(button.get("url", "tg://x")):
        raise mistake("BUTTON_URL_INVALID")


def _text(button: Json | str) -> str:
    return button if isinstance(button, str) else str(button.get("text", "")).strip()
