"""The streams that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from bot.matching.phrases import Lists
from bot.reminders.streams import Stream
from bot.reminders.words import any_of

_SPARED = (
    r"\b(?:except|but|apart from|not(?! want| need| wish| send| get| receive| have| be| remind)|keep|retain|hold on to"
    r"|hang on to|leave|other than|besides|excluding|still want|just|only|want to keep|yes to)"
    r"(?: not| for| the| my| me| with| keep| on| sending| want| about| only| just)*"
)
_STAYS = (
    r"(?: ones?| reminders?| messages?| tips?| part)*(?: can| may| should| must| is to| are to)?"
    r" (?:stays?|remains?"
    r"|(?:is|are)(?: very| really| quite| so| just)?"
    r" (?:fine|ok|okay|good|great|alright|welcome|grand|lovely|perfect|brilliant|useful|helpful)"
    r"|(?:i|we|she|he) still (?:likes?|wants?|enjoys?|needs?))\b"
)
_OFF = r"(?: one| ones| reminder| reminders)* (?:off|out|paused|stopped|alone|as it is|as they are)\b"
_THE_OTHER = re.compile(r"\bthe (?:others?|rest)\b")
_ALL_BUT = re.compile(r"\b(?:everything|all|both) (?:\w+ )?(?:except|but|apart from|other than|besides|excluding)\b")


def streams_in(sentence: str, lists: Lists, *, but_not: bool = False) -> tuple[Stream, ...]:
    """The streams that the sentence names; both for "everything". `but_not` leaves out those that it declines."""
    plain = sentence.replace("jog my memory", "").replace("jog our memory", "")
    if but_not:
        declined = re.sub(rf"\b(?:not|without|no)(?: the| about| my| for)* (?:{_names(lists)})\b", " ", plain)
        plain = declined if any(_finds(declined, stream, lists) for stream in Stream) else plain
    if _pattern(tuple(lists["both"])).search(plain):
        named = tuple(stream for stream in Stream if _finds(plain, stream, lists))
        return named if len(named) == 1 and re.search(r"\bboth\b", plain) else tuple(Stream)
    return tuple(stream for stream in Stream if _finds(plain, stream, lists))


def spared_streams(sentence: str, lists: Lists) -> tuple[Stream, ...]:
    """The streams that a stop or a pause is about, without those that are to stay: "all but exercise"."""
    found = re.search(rf"{_SPARED} (?P<name>{_names(lists)})\b(?! off| out)", sentence)
    wanted = _wanted(sentence, lists)
    if wanted and len(streams_in(sentence, lists)) > 1:
        return _all_but(streams_in(wanted["name"], lists))
    staying = re.search(rf"\b(?P<name>{_names(lists)})\b{_STAYS}", sentence)
    if not found and staying:
        return _all_but(streams_in(staying["name"], lists))
    if not found:
        return streams_in(sentence, lists)
    kept = streams_in(found["name"], lists)
    rest = sentence[: found.start()] + sentence[found.end() :]
    named = streams_in(rest, lists)
    if (
        _ALL_BUT.search(sentence)
        or _THE_OTHER.search(sentence)
        or re.match(r"\b(?:except|apart|keep|retain|hold|hang|leave|but|excluding|besides|still|other)", found[0])
    ):
        return _all_but(kept)
    left = tuple(stream for stream in named if stream not in kept)
    return left or kept


def _all_but(kept: Collection[Stream]) -> tuple[Stream, ...]:
    return tuple(stream for stream in Stream if stream not in kept)


def _wanted(sentence: str, lists: Lists) -> re.Match[str] | None:
    """A stream that is wanted beside one that is not: "I do not want exercise, I want nutrition"."""
    after = r"(?! and| or| nor| off| out| gone)(?! ones? (?:off|out|gone|stopped|cancelled|ended))"
    return re.search(
        rf"\b(?:i|we|she|he|they) wants?(?: the| my| only| just)* (?P<name>{_names(lists)})\b{after}", sentence
    )


def woken_streams(sentence: str, lists: Lists) -> tuple[Stream, ...]:
    """The streams that are to come again, without those that are to stay as they are: "leave exercise off"."""
    return streams_in(re.sub(rf"\b(?:leave|keep)(?: the| my)? (?:{_names(lists)})\b{_OFF}", " ", sentence), lists)


def _finds(sentence: str, stream: Stream, lists: Lists) -> bool:
    return _pattern(tuple(lists[stream.value])).search(sentence) is not None


def _names(lists: Lists) -> str:
    return any_of([*lists["exercise"], *lists["nutrition"]])


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(names)})(?!\w)")
