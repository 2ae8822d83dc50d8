"""What a message asks of the reminders, if it asks anything of them.

Rules, not likeness: nobody may lose a reminder, or get one, because a sentence resembles another. A wish to stop comes
before all others; and what is no clear wish is left to the dialogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.reminders.clock import Clock
from bot.reminders.days import days_of, without_old
from bot.reminders.places import place_in
from bot.reminders.streams import Stream
from bot.reminders.streams_named import spared_streams, streams_in
from bot.reminders.tokens import Reading, Token, read
from bot.reminders.words import ReminderWords

_LEFT_OVER = 2
"""Words of no known meaning beside which a day and "exercise" are still taken for a wish, without a verb."""
_OPENINGS = "why what when who did does do has have is are if should was were which where"
_STOP_OPENINGS = frozenset(_OPENINGS.split())
"""Words that open a question about stopping, not a wish to stop."""


class Action(StrEnum):
    SUBSCRIBE = "subscribe"
    CHANGE = "change"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    SHOW = "show"
    NONE = "none"


class Reason(StrEnum):
    """Why a wish for a reminder is none that we can grant, where that is known."""

    ONE_OFF = "one_off"
    MONTHLY = "monthly"
    FORTNIGHTLY = "fortnightly"
    MEDICINE = "medicine"
    OTHER = "other"


@dataclass(frozen=True)
class Command:
    """What was understood, before anything is confirmed. An empty field was not said."""

    action: Action
    streams: tuple[Stream, ...] = ()
    weekdays: tuple[int, ...] | None = None
    """ISO, in order."""
    minute: int | None = None
    """Of the day; None also if morning or evening is open."""
    place: str | None = None
    """Words that may name a place or a zone, as in "7pm New York time"."""
    until: date | None = None
    """The first day on which reminders come again after a pause; None if it has no end, or none that is known."""
    reason: Reason | None = None
    also: tuple[Command, ...] = ()
    """Further plans of the same message."""

    @property
    def is_none(self) -> bool:
        return self.action is Action.NONE


NOTHING = Command(Action.NONE)


def understand(text: str, words: ReminderWords, today: date | None) -> Command:
    """Understand any text. `today` is the date where the person is; without it a pause has no end."""
    return _Understanding(text, words, read(text, words, today)).command()


def read_time(text: str, words: ReminderWords) -> int | None:
    """The minute of the day that a short answer such as "half past six in the evening" names."""
    return _minute(read(text, words, None), Action.SUBSCRIBE)


def read_weekdays(text: str, words: ReminderWords) -> tuple[int, ...] | None:
    """The weekdays that a short answer such as "mondays and fridays" names."""
    return days_of(read(text, words, None).tokens)


class _Understanding:
    """One message in the course of being understood."""

    def __init__(self, text: str, words: ReminderWords, reading: Reading) -> None:
        self._text = text
        self._words = words
        self._reading = reading
        self._sentence = reading.sentence
        self._pieces = [self._sentence, *reading.clauses] if len(reading.clauses) > 1 else [self._sentence]
        self._set = set(self._sentence.split())

    def command(self) -> Command:
        if self._any(["none.keep", "none.knowledge", "none.quote"]):
            return NOTHING
        if self._stops():
            return self._stop_or_pause()
        if self._shows():
            return Command(Action.SHOW, self._streams())
        if self._any(["none.emergency"]):
            return NOTHING
        if self._wants("pause"):
            return Command(Action.PAUSE, self._streams_left(), until=self._until())
        if self._wants("resume") and not (self._has("xtime") or self._any(["resume_not"])):
            return Command(Action.RESUME, self._streams())
        if self._changes():
            return self._plan(Action.CHANGE)
        return self._subscription()

    # What stands in the message

    def _any(self, names: Iterable[str]) -> bool:
        return any(self._words.find(name, self._sentence) for name in names)

    def _has(self, *marks: str) -> bool:
        return not self._set.isdisjoint(marks)

    def _streams(self) -> tuple[Stream, ...]:
        return streams_in(self._sentence, self._words.lists)

    def _streams_left(self) -> tuple[Stream, ...]:
        return spared_streams(self._sentence, self._words.lists)

    def _until(self) -> date | None:
        return next((end for end in self._reading.values("xuntil") if isinstance(end, date)), None)

    def _left_over(self, *, but: Sequence[str] = ()) -> list[str]:
        return [word for word in _without(self._sentence, but).split() if not self._words.is_filler(word)]

    def _is_alone(self, action: str, *, strict: bool = True) -> bool:
        """Whether one of the action's own words is the whole message, but for fillers and an end."""
        for phrase in self._words.patterns.alone[action]:
            rest = _removed(self._sentence, phrase)
            if rest is not None and all(self._is_idle(word, strict=strict) for word in rest.split()):
                return True
        return False

    def _is_idle(self, word: str, *, strict: bool) -> bool:
        return self._words.is_filler(word) and not (
            strict and word in ("i", "not", "no", "if", "xtime", "xday", "xhour")
        )

    def _asks(self, piece: str) -> bool:
        """Whether the clause wants to know something, rather than us to do something."""
        opening = piece.removeprefix("and ").removeprefix("but ").removeprefix("please ").removeprefix("hello ")
        if any(f"{opening} ".startswith(f"{polite} ") for polite in self._words.lists["polite"]):
            return False
        return opening.split(" ", 1)[0] in self._words.lists["ask"]

    def _asks_anywhere(self) -> bool:
        return any(self._asks(piece) for piece in self._pieces)

    # Actions

    def _shows(self) -> bool:
        if self._any(["show"]) and not self._any(["show_not"]):
            return True
        if self._has("xday", "xtime", "start", "again", "back", "set", "want", "up", "out", "off", "on"):
            return False
        return "my" in self._set and self._is_alone("show", strict=False)

    def _stops(self) -> bool:
        if any(self._stops_in(piece) for piece in self._pieces):
            return True
        if self._any(["none.emergency"]):
            return False
        return self._is_alone("stop") or self._has_stop_clause() or self._stops_short()

    def _stops_in(self, piece: str) -> bool:
        asks = piece.split(" ", 1)[0] in _STOP_OPENINGS and not piece.startswith(("do not ", "is it possible "))
        return self._words.find("stop", piece) is not None and not asks

    def _has_stop_clause(self) -> bool:
        """A clause that says nothing but to stop: "stop, I have moved to a home"."""
        alone = self._words.patterns.alone["stop"]
        clauses = (clause.removeprefix("please ").removesuffix(" please") for clause in self._pieces[1:])
        return not self._is_about_medicine() and any(clause in alone for clause in clauses)

    def _stops_short(self) -> bool:
        is_short = (
            self._words.find("stop_short", self._sentence) and not self._asks_anywhere() and not self._reading.asks
        )
        return bool(is_short) and "i" not in self._set and len(self._own_left_over("exercise", "nutrition", "end")) == 0

    def _own_left_over(self, *lists: str) -> list[str]:
        entries = [entry for name in (*lists, "reminder", "message", "both") for entry in self._words.lists[name]]
        return self._left_over(but=entries)

    def _stop_or_pause(self) -> Command:
        if self._has("xuntil") or self._any(["pause_instead"]):
            return Command(Action.PAUSE, self._streams_left(), until=self._until())
        if self._has("instead") and self._has("xtime", "xday"):
            return self._plan(Action.CHANGE)
        weekdays = days_of(self._reading.tokens) if self._words.find("stop_day", self._sentence) else None
        return Command(Action.STOP, self._streams_left(), weekdays)

    def _wants(self, action: str) -> bool:
        """Whether a clause holds a pattern of the action, and no wish to know."""
        if self._is_alone(action) and not self._reading.asks:
            return True
        if any(self._words.find(action, piece) and not self._asks(piece) for piece in self._pieces):
            return not self._is_about_medicine()
        short = action == "resume" and self._words.find("resume_short", self._sentence)
        return (
            bool(short)
            and not self._reading.asks
            and not self._asks_anywhere()
            and not self._own_left_over("exercise", "nutrition", "resume")
        )

    def _is_about_medicine(self) -> bool:
        names_reminder = any(word in self._set for word in (*self._words.lists["reminder"], "remind", "reminding"))
        return not names_reminder and any(
            word in self._set for word in (*self._words.lists["medicine"], *self._words.lists["body"])
        )

    def _changes(self) -> bool:
        if not any(self._words.find("change", piece) for piece in self._pieces):
            return False
        if self._is_about_medicine() or self._has("xonce"):
            return False
        if self._reading.asks and not self._any(["reminder_noun", "polite"]):
            return False  # "move more on mondays?"
        return not self._asks(self._sentence) or self._has("xtime", "xday", "instead")

    def _subscription(self) -> Command:
        if not self._subscribes():
            return NOTHING
        reason = self._refused()
        if reason:
            return Command(Action.NONE, reason=reason)
        return self._plan(Action.SUBSCRIBE)

    def _subscribes(self) -> bool:
        has_when = self._has("xday", "xtime", "xhour") or self._any(["weekly"])
        streams = bool(self._streams())
        if self._any(["told"]) or self._asks_in_vain(has_when):
            return False
        if self._any(["remind_verb"]):
            return streams or has_when or not (self._any(["other"]) or len(self._left_over()) > _LEFT_OVER)
        if self._any(["reminder_noun"]):
            return self._wishes_noun(has_when, streams)
        if self._any(["signs_up"]) and (streams or len(self._left_over()) <= 1):
            return True
        return streams and has_when and self._is_plain_wish()

    def _wishes_noun(self, has_when: bool, streams: bool) -> bool:
        if not self._any(["strong_noun"]) and not has_when:
            return False  # "nutrition tips" may be a question
        if self._any(["wish_noun"]):
            return True
        return (streams and has_when) or len(self._own_left_over("exercise", "nutrition")) <= 1

    def _asks_in_vain(self, has_when: bool) -> bool:
        """A question, unless another clause asks us for a reminder."""
        asking = [self._asks(piece) for piece in self._pieces]
        if not any(asking):
            return False
        wishing = any(
            self._words.find("remind_verb", piece) or self._words.find("wish_noun", piece)
            for piece, asks in zip(self._pieces[1:] or self._pieces, asking[1:] or asking, strict=True)
            if not asks
        )
        return not (wishing and (has_when or bool(self._streams())))

    def _is_plain_wish(self) -> bool:
        """A day or time and a stream, and nothing else that would make them part of a story."""
        if self._reading.asks or ("i" in self._set and not self._any(["wish"])):
            return False
        if not self._has("xtime", "xhour") and not self._any(["wish"]):
            rest = self._own_left_over("exercise", "nutrition")
            return self._has("xday") and not rest and not self._has("for", "the", "a", "xuntil", "of", "weekly")
        rest = self._own_left_over("exercise", "nutrition", "set")
        return len(rest) <= (_LEFT_OVER + 2 if self._any(["wish"]) else 1)

    def _refused(self) -> Reason | None:
        if self._any(["none.medicine"]):
            return Reason.MEDICINE
        if self._any(["none.one_off"]) or (self._has("xonce") and not self._any(["weekly"])):
            return Reason.ONE_OFF
        if self._any(["rhythm.monthly"]):
            return Reason.MONTHLY
        if self._any(["rhythm.fortnightly"]):
            return Reason.FORTNIGHTLY
        return Reason.OTHER if not self._streams() and self._any(["other"]) else None

    # Plans

    def _plan(self, action: Action) -> Command:
        tokens = without_old(self._reading.tokens) if action is Action.CHANGE else self._reading.tokens
        reading = Reading(tokens)
        command = Command(
            action,
            streams_in(self._sentence, self._words.lists, but_not=True),
            days_of(tokens),
            _minute(reading, action),
            place_in(reading, self._words),
        )
        parts = self._parts(action, command) if len(command.streams) > 1 else []
        return replace(parts[0], also=tuple(parts[1:])) if parts else command

    def _parts(self, action: Action, whole: Command) -> list[Command]:
        """Several plans, where each stream has days of its own: "nutrition on Wednesday and exercise on Saturday"."""
        pieces: list[list[int]] = []
        tokens = self._reading.tokens
        for at in range(len(tokens)):
            named = streams_in(tokens[at].word, self._words.lists)
            previous = streams_in(_words_at(tokens, pieces[-1]), self._words.lists) if pieces else ()
            if named and previous and named != previous and len(named) == 1:
                pieces.append([])
            if not pieces:
                pieces.append([])
            pieces[-1].append(at)
        readings = [Reading(tuple(tokens[at] for at in piece)) for piece in pieces]
        plans = [
            Command(action, streams_in(r.sentence, self._words.lists), days_of(r.tokens), _minute(r, action))
            for r in readings
        ]
        if len(plans) < 2 or any(plan.weekdays is None or len(plan.streams) != 1 for plan in plans):
            return []
        return [
            replace(plan, minute=plan.minute if plan.minute is not None else whole.minute, place=whole.place)
            for plan in plans
        ]


def _words_at(tokens: Sequence[Token], places: Iterable[int]) -> str:
    return " ".join(tokens[at].word for at in places)


def _minute(reading: Reading, action: Action) -> int | None:
    """Of several times the last is the new one in a change; else the first that is not open."""
    clocks = [token.value for token in reading.tokens if isinstance(token.value, Clock)]
    if not clocks:
        return None
    if action is Action.CHANGE:
        return clocks[-1].of_day
    return next((clock.of_day for clock in clocks if not clock.is_open), None)


def _without(sentence: str, phrases: Iterable[str]) -> str:
    for phrase in sorted(phrases, key=len, reverse=True):
        sentence = _removed(sentence, phrase) or (sentence if _removed(sentence, phrase) is None else "")
    return sentence


def _removed(sentence: str, phrase: str) -> str | None:
    """The sentence without the phrase; None if it is not there."""
    padded = f" {sentence} "
    if f" {phrase} " not in padded:
        return None
    return padded.replace(f" {phrase} ", " ").strip()
