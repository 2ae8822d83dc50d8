"""The plan that a message names: streams, weekdays, a time, a place; several where each stream has days of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.reminders.clock import Clock
from bot.reminders.command import Action, Command
from bot.reminders.days import corrected, days_of, without_old
from bot.reminders.places import place_in
from bot.reminders.streams_named import streams_in
from bot.reminders.tokens import BREAKS, Reading, Token
from bot.reminders.words import OUR_WORDS, ReminderWords

_TELLERS = frozenset(["i", "we", "he", "she", "my", "our", "his", "her", "they"])
_SUBJECTS = frozenset(["the", "a", "mum", "mom", "gran", "dad", "your"])
_VERBS = frozenset(["is", "are", "was", "comes", "come", "visits", "meets", "starts", "goes", "has", "died", "passed"])
_PAST = frozenset(["was", "were", "died"])
_KINDS = frozenset(["day", "time"])
_LEADS = frozenset(["and", "but", "so", "because", "since", "as", "well", "oh", "hi", "hello"])
_FILLING = frozenset([*BREAKS, "and", "or", "on", "at"])
_OURS = ("wish", "exercise", "nutrition", "both", *OUR_WORDS)
"""Lists of words in intents/reminders.yaml."""


def plan_of(action: Action, reading: Reading, words: ReminderWords) -> Command:
    said = corrected(without_stories(reading, words))
    tokens = without_old(said) if action is Action.CHANGE else said
    left = Reading(tokens)
    whole = Command(
        action,
        streams_in(reading.sentence, words.lists, but_not=True),
        days_of(tokens),
        minute_of(left, action),
        place_in(left, words),
    )
    parts = _parts(whole, said, words) if len(whole.streams) > 1 else []
    return replace(parts[0], also=tuple(parts[1:])) if parts else whole


def without_stories(reading: Reading, words: ReminderWords, *, even_alone: bool = False) -> tuple[Token, ...]:
    """Without days and times that are only told of: "my choir meets on Tuesdays, remind me on Fridays".

    If none stand anywhere else they may be meant all the same; `even_alone` takes them out nevertheless.
    """
    clauses = list(_told_apart(reading, words))
    wished = {token.kind for clause, is_story in clauses if not is_story for token in clause} - {None}
    dropped = _KINDS if even_alone else wished
    return tuple(token for clause, is_story in clauses for token in clause if not is_story or token.kind not in dropped)


def _told_apart(reading: Reading, words: ReminderWords) -> Iterator[tuple[tuple[Token, ...], bool]]:
    """The clauses, and whether each tells a story."""
    is_story = False
    for clause in reading.parts:
        spoken = [token.word for token in clause if token.value is None and token.word not in _FILLING]
        goes_on = not spoken and clause[0].word == ","  # a day alone goes on with what stood before it
        is_story = is_story if goes_on else _tells(spoken, words)
        yield clause, is_story


def _tells(spoken: Sequence[str], words: ReminderWords) -> bool:
    """Whether a clause speaks of the person's life: it wishes nothing, and names nothing of ours."""
    opening = next((word for word in spoken if word not in _LEADS), "")
    if opening in _TELLERS and spoken[1:2] in (["get"], ["gets"]):
        return True  # "I get the exercise one on Mondays, could it be Friday"
    is_past = not _PAST.isdisjoint(spoken)
    is_told = is_past or opening in _TELLERS or (opening in _SUBJECTS and not _VERBS.isdisjoint(spoken))
    return is_told and not words.any_in(spoken, *(OUR_WORDS if is_past else _OURS))


def minute_of(reading: Reading, action: Action) -> int | None:
    """Of several times the last is the new one in a change; else the first that is not open."""
    clocks = [token.value for token in reading.tokens if isinstance(token.value, Clock)]
    if not clocks:
        return None
    if action is Action.CHANGE:
        return clocks[-1].of_day
    return next((clock.of_day for clock in clocks if not clock.is_open), None)


def _parts(whole: Command, tokens: Sequence[Token], words: ReminderWords) -> list[Command]:
    """Several plans, as in "nutrition on Wednesday and exercise on Saturday"; none if it is but one."""
    readings = _split_by_stream(tokens, words)
    plans = [
        Command(
            whole.action,
            streams_in(reading.sentence, words.lists),
            days_of(reading.tokens),
            minute_of(reading, whole.action) if _names_time(reading) else whole.minute,
            whole.place,
        )
        for reading in readings
    ]
    if len(plans) < 2 or any(plan.weekdays is None or len(plan.streams) != 1 for plan in plans):
        return []
    return plans


def _names_time(reading: Reading) -> bool:
    """Whether it has one of its own, be it open: "exercise on Mondays at 10 and nutrition on Sundays at noon"."""
    return any(isinstance(token.value, Clock) for token in reading.tokens)


def _split_by_stream(tokens: Sequence[Token], words: ReminderWords) -> list[Reading]:
    """The tokens, parted before each stream that is another than the one before it."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        named = streams_in(token.word, words.lists)
        previous = streams_in(_sentence(pieces[-1]), words.lists)
        if previous and named != previous and len(named) == 1:
            pieces.append([])
        pieces[-1].append(token)
    return [Reading(tuple(piece)) for piece in pieces]


def _sentence(tokens: Iterable[Token]) -> str:
    return " ".join(token.word for token in tokens)
