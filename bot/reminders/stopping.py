"""Whether a message wants reminders to end, for good or for a time. A wish to stop comes before all others."""

from __future__ import annotations

from bot.reminders.command import Action, Command
from bot.reminders.days import days_of
from bot.reminders.plans import plan_of
from bot.reminders.utterance import Utterance
from bot.reminders.words import ReminderWords

_OPENINGS_TEXT = "why what when who did does do has have is are if should was were which where"
_OPENINGS = frozenset(_OPENINGS_TEXT.split())
"""Words that open a question about stopping, not a wish to stop."""


def wants_stop(said: Utterance) -> bool:
    if any(_stops(said, piece) for piece in said.pieces):
        return True
    if said.any("none.emergency"):
        return False
    return said.is_alone("stop") or _has_stop_clause(said) or _stops_briefly(said)


def stop_or_pause(said: Utterance, words: ReminderWords) -> Command:
    """What is to happen to the reminders: with an end, a stop is a pause; with a new time, a change."""
    if said.has("xuntil") or said.any("pause_instead"):
        return Command(Action.PAUSE, said.streams_left, until=said.until)
    if said.has("instead") and said.has("xtime", "xday"):
        return plan_of(Action.CHANGE, said.reading, words)
    weekdays = days_of(said.reading.tokens) if said.any("stop_day") else None
    return Command(Action.STOP, said.streams_left, weekdays)


def _stops(said: Utterance, piece: str) -> bool:
    asks = piece.split(" ", 1)[0] in _OPENINGS and not piece.startswith(("do not ", "is it possible "))
    return not asks and said.finds("stop", piece)


def _has_stop_clause(said: Utterance) -> bool:
    """A clause that says nothing but to stop: "stop, I have moved to a home"."""
    return not said.is_about_medicine and any(said.says_only("stop", clause) for clause in said.clauses)


def _stops_briefly(said: Utterance) -> bool:
    """A word that ends and a stream, and nothing else: "cancel the exercise one"."""
    is_wish = said.any("stop_short") and not said.asks_anywhere and not said.has_question_mark
    return is_wish and not said.has("i") and not said.own_left_over("exercise", "nutrition", "end")
