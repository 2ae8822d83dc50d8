"""Short answers to what was asked while reminders are set up: "tuesdays", "half past seven", "both", "yes please".

What holds more words than an answer needs is none: it may be a question, and goes to the dialogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.matching.normalise import fold
from bot.reminders.clock import Clock
from bot.reminders.days import days_of
from bot.reminders.draft import (
    Asking,
    Draft,
    asking_anew,
    with_minutes,
    with_streams,
    with_until,
    with_weekdays,
    without_minutes,
)
from bot.reminders.streams import Stream
from bot.reminders.streams_named import streams_in
from bot.reminders.tokens import BREAKS, Reading, read
from bot.reminders.words import ReminderWords

_YES_TEXT = (
    "yes,y,yes please,yes thanks,yes thank you,yep,yeah,yup,ok,okay,ok thanks,sure,confirm,confirmed,correct,right,"
    "that is right,all right,alright,go ahead,please do,perfect,fine,good,great,do it,agreed,yes remind me,yes go on,"
    "yes pause,yes continue,yes keep going,yes keep them coming,looks good,sounds good,that is fine,ja"
)
_NO_TEXT = "no,n,nope,not quite,that is wrong,wrong,not right,no that is wrong,incorrect,change it,change something"
_OUT_TEXT = (
    "cancel,never mind,nevermind,forget it,leave it,not now,no thanks,no thank you,abort,do not,drop it,"
    "no never mind,no forget it,cancel that,cancel it,i changed my mind,exit"
)
_OPEN_TEXT = "until i say,until i say so,until i tell you,i will tell you,no end,open,until further notice"
_YES, _NO, _OUT = (frozenset(text.split(",")) for text in (_YES_TEXT, _NO_TEXT, _OUT_TEXT))
_PLAIN_YES = frozenset(["yes", "y", "yep", "yeah", "yup", "confirm", "confirmed", "ja"])
_OPEN = frozenset(_OPEN_TEXT.split(","))
_WISHES = (
    "exercise",
    "nutrition",
    "both",
    "reminder",
    "remind",
    "me",
    "pause",
    "resume",
    "start",
    "again",
    "change",
    "show",
    "set",
)
"""Lists of words in intents/reminders.yaml."""
_CORRECTING = frozenset(["actually", "mean", "meant", "rather", "wait", "hmm", "hm", "er", "make", "said", "think"])
"""Words that say nothing beside a day or a time: "actually Thursday"."""
_PARTS_TEXT = {
    Asking.STREAMS: "exercise or nutrition,what,streams,the reminders",
    Asking.WEEKDAYS: "day,days,weekday,weekdays,day of the week,days of the week",
    Asking.TIME: "time,hour,time of day,clock",
    Asking.ZONE: "zone,time zone,timezone,place,city,country,where i live",
}
_PARTS = {name: part for part, text in _PARTS_TEXT.items() for name in text.split(",")}
"""What may be said to be different."""
_HALF_A_DAY = 12 * 60


@dataclass(frozen=True)
class Consent:
    """A word for or against what is being set up."""

    yes: bool = False
    is_plain: bool = False
    """Whether it says yes in so many words; "great" may be said of anything."""
    out: bool = False
    """Whether it ends the whole; else a no means that something is to be different."""


def read_consent(text: str) -> Consent | None:
    said = fold(text)
    if said in _OUT:
        return Consent(out=True)
    if said in _YES:
        return Consent(yes=True, is_plain=said.split()[0] in _PLAIN_YES)
    return Consent() if said in _NO else None


def is_bare(text: str, words: ReminderWords, *besides: str) -> bool:
    """Whether there is nothing in the text but what wishes for reminders are made of: "pause until christmas".

    `besides` names further lists of words that count as such.
    """
    known = {word for name in (*_WISHES, *besides) for entry in words.lists[name] for word in entry.split()}
    known |= words.names.parts.keys() | words.names.numbers.keys()
    return all(word in known or words.is_filler(word) for word in _plain(read(text, words, None)))


def answered(draft: Draft, text: str, words: ReminderWords, today: date) -> Draft | None:
    """The draft with the answer; None if the text is none. A zone is not read here: it takes a gazetteer."""
    reading = read(text, words, today)
    if reading.asks:
        return None
    if draft.asks == Asking.STREAMS:
        streams = _streams(reading, words)
        return with_streams(draft, streams) if streams else None
    if draft.asks == Asking.UNTIL:
        return _until(draft, text, words, today)
    part = _PARTS.get(fold(text).removeprefix("the ").removeprefix("my "))
    if draft.asks == Asking.DIFFERENT and part:
        return asking_anew(draft, part)
    if draft.asks == Asking.TIME and draft.minutes:
        return _half_chosen(draft, reading, words) or _with_when(draft, text, reading, words)
    return _with_when(draft, text, reading, words)


def _with_when(draft: Draft, text: str, reading: Reading, words: ReminderWords) -> Draft | None:
    """Weekdays and a time are taken at any step, since people say both at once."""
    if _has_more(reading, words):
        return None
    days, minutes = days_of(reading.tokens), _minutes(reading)
    if not minutes and not days and draft.asks == Asking.TIME:
        minutes = _minutes(read(f"at {text}", words, None))
    if not days and not minutes:
        return None
    if days:
        draft = with_weekdays(draft, days)
    if not minutes:
        return draft
    # For another answer to what was asked before: it is to count for all plans.
    is_said = all(plan.minute is not None for plan in draft.plans)
    return with_minutes(without_minutes(draft) if is_said else draft, minutes)


def _streams(reading: Reading, words: ReminderWords) -> tuple[Stream, ...]:
    named = [entry for name in (*Stream, "both", "reminder") for entry in words.lists[name]]
    known = {word for entry in named for word in entry.split()}
    if any(word not in known and not words.is_filler(word) for word in _plain(reading)):
        return ()
    return streams_in(reading.sentence, words.lists)


def _until(draft: Draft, text: str, words: ReminderWords, today: date) -> Draft | None:
    if fold(text) in _OPEN:
        return with_until(draft, None)
    for said in (text, f"for {text}", f"until {text}"):
        ends = [end for end in read(said, words, today).values("xuntil") if isinstance(end, date)]
        if ends and ends[0] > today:
            return with_until(draft, ends[0])
    return None


def _half_chosen(draft: Draft, reading: Reading, words: ReminderWords) -> Draft | None:
    """ "In the evening", said of "seven"."""
    parts = {**words.names.parts, "pm": "afternoon"}
    said = next((parts[word] for word in _plain(reading) if word in parts), None)
    if said is None or any(isinstance(token.value, Clock) for token in reading.tokens):
        return None
    fitting = tuple(minute for minute in draft.minutes if (minute < _HALF_A_DAY) == (said == "morning"))
    return with_minutes(draft, fitting) if fitting else None


def _minutes(reading: Reading) -> tuple[int, ...]:
    """The time that was said last: two of them, half a day apart, if it is open."""
    clocks = [token.value for token in reading.tokens if isinstance(token.value, Clock)]
    if not clocks:
        return ()
    clock = clocks[-1]
    first = replace(clock, is_open=False).of_day or 0
    return (first % _HALF_A_DAY, first % _HALF_A_DAY + _HALF_A_DAY) if clock.is_open else (first,)


def _has_more(reading: Reading, words: ReminderWords) -> bool:
    known = words.names.parts.keys() | words.names.numbers.keys() | _CORRECTING
    return any(word not in known and not words.is_filler(word) for word in _plain(reading))


def _plain(reading: Reading) -> Iterable[str]:
    """Words without a value; a number of one's own is left to the clock."""
    marked = ("xtime", "xday", "xhour", "xuntil", "xonce")
    return (t.word for t in reading.tokens if t.word not in BREAKS and t.word not in marked and not t.word.isdigit())
