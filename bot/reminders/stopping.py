"""Whether a message wants reminders to end, for good or for a time. A wish to stop comes before all others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.reminders.command import Action, Command
from bot.reminders.days import EVERY_DAY, days_of
from bot.reminders.plan_words import plan_of, without_stories
from bot.reminders.tokens import Reading, Token
from bot.reminders.utterance import Utterance
from bot.reminders.words import ReminderWords

_KEEPS = frozenset(["keep", "keeping", "retain", "leave"])
_KEPT = frozenset(["the", "my", "her", "his", "just", "only", "exercise", "nutrition", "food"])
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
    if _stops_other(said):
        return True
    return said.is_alone("stop") or _has_stop_clause(said) or any(_stops_briefly(said, piece) for piece in pieces)


def refuses_somehow(said: Utterance) -> bool:
    """Whether a clause holds, in any order, a word that ends and one for what we send. Asked last, as it is broad."""
    if said.has("xtime", "xhour") or said.any("told") or said.is_about_medicine:
        return False
    return any(said.finds("stop_rough", piece) and not _is_no_stop(said, piece) for piece in said.wishes)


def stop_or_pause(said: Utterance, words: ReminderWords) -> Command:
    """What is to happen to the reminders: with an end, a stop is a pause; with a new time, a change."""
    if said.has("xuntil") or _is_for_a_time(said):
        return Command(Action.PAUSE, said.streams_left, until=said.until)
    if said.has("xtime", "xhour", "xday") and (said.has("instead") or _wishes_other_time(said)):
        return plan_of(Action.CHANGE, said.reading, words)
    return Command(Action.STOP, said.streams_left, _days_to_end(said.reading, words) if said.any("stop_day") else None)


def _days_to_end(reading: Reading, words: ReminderWords) -> tuple[int, ...] | None:
    """Not the days that are only told of, nor those that stand behind a "keep" in their clause."""
    wished = Reading(without_stories(reading, words, even_alone=True))
    days = days_of([token for clause in wished.parts for token in _before_keep(clause)])
    return None if days and EVERY_DAY.issubset(days) else days


def _before_keep(clause: Sequence[Token]) -> Sequence[Token]:
    """What stands before a "keep" of something; "keep going" and "leave me alone" are none."""
    for at, (token, following) in enumerate(pairwise(clause)):
        if token.word in _KEEPS and (following.word in _KEPT or following.value is not None):
            return clause[:at]
    return clause


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
    return not asks and not is_medicine and said.finds("stop", piece) and not _is_no_stop(said, piece)


def _is_no_stop(said: Utterance, piece: str) -> bool:
    """Whether what ends there is something else; what we send, if it is named, always is ours."""
    return said.finds("stop_not", piece) or (said.finds("stop_doing", piece) and not said.names_ours(piece))


def _stops_other(said: Utterance) -> bool:
    """Whether one stream is to stay and the other one to end."""
    asks = said.asks_anywhere or said.has_question_mark or said.has("or")
    if asks or not said.streams or said.has("xday", "xtime", "xhour") or said.is_about_medicine:
        return False
    return said.any("stop_other") and not said.any("stop_not", "told")


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
    if _is_no_stop(said, piece) or not (refuses or said.finds("stop_this", piece)):
        return False
    return not said.own_left_over("exercise", "nutrition", "end", "courtesy", "person", "stance", of=piece)


def _wishes_other_time(said: Utterance) -> bool:
    """Whether another clause says when they are to come: "stop waking me at 6, send them at 10"."""
    return any(said.finds("send_at", piece) and not said.finds("stop", piece) for piece in said.clauses)
