"""A few themes to be reminded of: what they say is no matter here."""

from __future__ import annotations

from bot.corpus.models import Article, Part, Passage, Pointer, Tier
from bot.reminders.selection import Selection
from bot.reminders.streams import Stream
from bot.reminders.themes import Theme, ThemePassage

_ARTICLE = Article({"one": Passage("one", Part.FUNDAMENTALS, "One", ("Said.",))}, ())
_SAID = (Pointer("one", 1, 1),)


def small_selection() -> Selection:
    streams = {"walk": Stream.EXERCISE, "lift": Stream.EXERCISE, "jump": Stream.EXERCISE}
    streams |= {"milk": Stream.NUTRITION, "kale": Stream.NUTRITION}
    return Selection([_theme(id_, stream) for id_, stream in streams.items()], _ARTICLE)


def _theme(id_: str, stream: Stream) -> Theme:
    passages = tuple(ThemePassage(f"{id_}/{number}", {Tier.FUNDAMENTALS: _SAID}) for number in (1, 2, 3))
    return Theme(id_, stream, id_.title(), id_, passages, _SAID if id_ == "jump" else ())
