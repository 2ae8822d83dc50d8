"""Whether a message wants reminders to end, for good or for a time. A wish to stop comes before all others."""

from __future__ import annotations

from itertools import takewhile

from bot.reminders.command import Action, Command
from bot.reminders.days import days_of
from bot.reminders.plan_words import plan_of, without_stories
from bot.reminders.tokens import Reading, Token
from bot.reminders.utterance import Utterance
from bot.reminders.words import ReminderWords

_OPENINGS_TEXT = "why what when who did does do has have is are am should was were which where"
_OPENINGS = frozenset(_OPENINGS_TEXT.split())
"""Words that open a question about stopping, not a wish to stop."""


def wants_stop(said: Utterance) -> bool:
    # What a clause asks about is not read together with what stands before it.
    pieces = said.clauses if said.clauses and said.asks_anywhere else said.pieces
    if said.any("stop_anyway") or (not said.ends_in_question and any(_stops(said, piece) for piece in pieces)):
        return True
    if said.any("none.emergency"):
        return False
    if said.any("stop_other") and not said.has("xday", "xtime", "xhour"):
        return True
    return said.is_alone("stop") or _has_stop_clause(said) or any(_stops_briefly(said, piece) for piece in pieces)


def refuses_somehow(said: Utterance) -> bool:
    """Whether a clause holds, in any order, a word that ends and one for what we send. Asked last, as it is broad."""
    if said.has("xtime", "xhour") or said.any("told") or said.is_about_medicine:
        return False
    return any(said.finds("stop_rough", piece) and not said.finds("stop_not", piece) for piece in said.wishes)


def stop_or_pause(said: Utterance, words: ReminderWords) -> Command:
    """What is to happen to the reminders: with an end, a stop is a pause; with a new time, a change."""
    if said.has("xuntil") or _is_for_a_time(said):
        return Command(Action.PAUSE, said.streams_left, until=said.until)
    if said.has("xtime", "xhour", "xday") and (said.has("instead") or _wishes_other_time(said)):
        return plan_of(Action.CHANGE, said.reading, words)
    weekdays = days_of(_ending(said.reading, words)) if said.any("stop_day") else None
    return Command(Action.STOP, said.streams_left, weekdays)


def _ending(reading: Reading, words: ReminderWords) -> list[Token]:
    """What may name a day that is to end: not what is told of, nor what stands behind a "keep"."""
    tokens = without_stories(reading, words, always=True)
    return list(takewhile(lambda token: token.word not in ("keep", "leave"), tokens))


def _is_for_a_time(said: Utterance) -> bool:
    """Whether it is said that they are to end for a time only."""
    if said.any("for_ever"):
        return False
    if said.any("pause_instead") and not said.any("pause_past"):
        return True
    ending = [clause for clause in said.clauses if _ends(said, clause)] or [said.sentence]
    return any(said.finds("pause_then", clause) for clause in ending)


def _ends(said: Utterance, clause: str) -> bool:
    return said.says_only("stop", clause) or any(
        said.finds(name, clause) for name in ("stop", "stop_short", "stop_this", "stop_rough")
    )


def _stops(said: Utterance, piece: str) -> bool:
    opening = piece.split(" ", 1)[0]
    asks = opening in _OPENINGS and not piece.startswith(("do not ", "do away ", "is it possible "))
    asks = asks or (opening == "if" and said.has_question_mark)
    if said.is_long and "one" in piece.split() and not said.names_ours(piece):
        return False  # "she does not want to be the old one"
    is_medicine = said.names_in(piece, "medicine") and not said.names_in(piece, "reminder", "message")
    return not asks and not is_medicine and said.finds("stop", piece) and not said.finds("stop_not", piece)


def _has_stop_clause(said: Utterance) -> bool:
    """A clause that says nothing but to stop: "stop, I have moved to a home"."""
    if said.is_about_medicine or said.seeks:
        return False
    return any(said.says_only("stop", piece) for piece in said.pieces)


def _stops_briefly(said: Utterance, piece: str) -> bool:
    """A clause that refuses a stream or "these", and says nothing else: "cancel the exercise one"."""
    if said.asks(piece) or (said.has_question_mark and not said.clauses):
        return False
    refuses = said.finds("stop_short", piece) and "i" not in piece.split()
    if said.finds("stop_not", piece) or not (refuses or said.finds("stop_this", piece)):
        return False
    return not said.own_left_over("exercise", "nutrition", "end", "courtesy", "person", "stance", of=piece)


def _wishes_other_time(said: Utterance) -> bool:
    """Whether another clause says when they are to come: "stop waking me at 6, send them at 10"."""
    return any(said.finds("send_at", piece) and not said.finds("stop", piece) for piece in said.clauses)
