"""Where people say that they live now, without a word of reminders: "we have moved to Spain", "my time zone is Berlin".

The whole text must say so, and name a place letter for letter: who has moved to tablets means no other clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.matching.normalise import words_of
from bot.reminders.command import Action, Command
from bot.reminders.gazetteer import Gazetteer
from bot.reminders.zones import find_zones, names_place

_LEAD = r"(?:hello|hi|hey|sorry|please|by the way|fyi|osteon|actually|oh|so|and|but|well|note that|dear|bot) "
_WORD = r"(?!(?:and|but|so|or|because|to|for|with)\b)\w+"  # what goes on there is another matter
_PLACE = rf"(?P<{{name}}>(?!(?:a|an|my|our|another|his|her|their) ){_WORD}(?: {_WORD}){{{{0,4}}}}?)"
_MOVED = r"(?:i|we)(?: have)?(?: just| recently| now)? (?:moved|relocated|emigrated)(?: over| back| house| from .+)? to"
_LIVE = r"(?:i|we)(?: now)? (?:live|am living|are living|am|are|am based|are based)(?: now)? in"
_CLOCK = r"(?:my|our|the|the correct|the right|my correct) (?:time zone|timezone|zone|clock|local time)"
_IS = r"(?:is|is now|is in|is on|should be|ought to be|has changed to|changed to)"
_TAIL = (
    r"(?: (?:now|recently|lately|last week|last month|last year|this month|yesterday|today|for good|permanently|thanks"
    r"|thank you|please|these days|time|nowadays))"
)
_HOME = re.compile(
    rf"(?:{_LEAD})*(?:(?:{_MOVED}|{_CLOCK} {_IS}) {_PLACE.format(name='new')}{_TAIL}*"
    rf"|(?=.*\bnow\b){_LIVE} {_PLACE.format(name='now')}{_TAIL}*)"
)
"""To live somewhere is news with a "now" only: others tell it to be told what their sun or their food is worth."""


def home_in(text: str, gazetteer: Callable[[], Gazetteer]) -> Command | None:
    """The change of zone that any text asks for in this way, if it does. `gazetteer` is loaded only if it may."""
    found = _HOME.fullmatch(" ".join(words_of(text))) if "?" not in text else None
    if found is None:
        return None
    place, names = found["new"] or found["now"], gazetteer()
    if not names_place(place, names) or not find_zones(place, names).zones:
        return None
    return Command(Action.CHANGE, place=place)
