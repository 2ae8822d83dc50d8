"""Where people say that they live now, without a word of reminders: "we have moved to Spain", "my time zone is Berlin".

The whole text must say so, and name a place letter for letter: who has moved to tablets means no other clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.matching.normalise import words_of
from bot.reminders.command import Action, Command
from bot.reminders.gazetteer import REGION, Gazetteer, fold_place
from bot.reminders.zones import find_zones

_LEAD = r"(?:hello|hi|hey|sorry|please|by the way|fyi|osteon|actually|oh|so|and|but|well|note that|dear|bot) "
_PLACE = r"(?P<{name}>\w+(?: \w+){{0,4}}?)"
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


_BY_OFFSET = re.compile(rf"(?:{_LEAD})*{_CLOCK} {_IS} (?P<offset>(?:utc|gmt) ?[+-] ?\d{{1,2}}(?::\d\d)?)\W*")
LARGE = 50_000
"""People from which on a town is meant by its name alone: there is one of every name."""


def home_in(text: str, gazetteer: Callable[[], Gazetteer]) -> Command | None:
    """The change of zone that any text asks for in this way, if it does. `gazetteer` is loaded only if it may."""
    if "?" in text:
        return None
    offset = _BY_OFFSET.fullmatch(" ".join(text.lower().split()))
    if offset:
        return Command(Action.CHANGE, place=offset["offset"])
    found = _HOME.fullmatch(" ".join(words_of(text)))
    place = found and (found["new"] or found["now"])
    if not place or not _is_name(place, gazetteer()) or not find_zones(place, gazetteer()).zones:
        return None
    return Command(Action.CHANGE, place=place)


def _is_name(place: str, gazetteer: Gazetteer) -> bool:
    """Whether it is one from end to end, or a town's and that of where it lies: "Perth, Australia"."""
    words = fold_place(place).removeprefix("the ").split()
    if _owned(" ".join(words), gazetteer, LARGE):
        return True
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return any(_owned(town, gazetteer) and _owned(region, gazetteer) for town, region in splits)


def _owned(name: str, gazetteer: Gazetteer, people: int = 0) -> bool:
    short, owners = gazetteer.short, gazetteer.owners_of(name)
    if name in short.leads or name in short.nowhere:
        return False
    large = any(owner & REGION or gazetteer.population[owner] >= people for owner, _ in owners)
    return large or name in short.aliases or name in gazetteer.keys
