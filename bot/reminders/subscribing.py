"""Whether a message wants new reminders, and why it gets none where it wants what we do not offer."""

from __future__ import annotations

from bot.reminders.command import Reason
from bot.reminders.days import EVERY_DAY, days_of
from bot.reminders.utterance import Utterance

_LEFT_OVER = 2
"""Words of no known meaning beside which a day and "exercise" are still taken for a wish, without a verb."""


def wants_reminders(said: Utterance) -> bool:
    if said.streams and said.any("asks_us") and said.has("xday", "xtime", "xhour"):
        return True
    if said.any("signs_up_short") and not (
        said.has_question_mark or said.own_left_over("exercise", "nutrition", "set")
    ):
        return True
    if said.any("told") or _asks_in_vain(said):
        return False
    if said.any("remind_verb"):
        return _wishes_to_be_reminded(said)
    if said.any("contact_verb") and (said.streams or said.any("weekly")):
        return said.has_when
    if said.any("signs_up") and (said.streams or len(said.left_over("reminder")) <= 1):
        return True
    if said.any("reminder_noun"):
        return _wishes_noun(said)
    return bool(said.streams) and said.has_when and _is_plain_wish(said)


def refused(said: Utterance) -> Reason | None:
    """Why the wish is not granted, if so."""
    if said.any("none.medicine"):
        return Reason.MEDICINE
    if said.any("none.one_off") or (said.has("xonce") and not said.any("weekly")):
        return Reason.ONE_OFF
    if said.any("rhythm.monthly"):
        return Reason.MONTHLY
    if said.any("rhythm.fortnightly") and not _names_each_day(said):
        return Reason.FORTNIGHTLY
    return Reason.OTHER if not said.streams and said.any("other") else None


def _names_each_day(said: Utterance) -> bool:
    """As in "every other day, Monday, Wednesday and Friday"."""
    return said.any("rhythm.days") and len(days_of(said.reading.tokens) or ()) > 1


def _wishes_to_be_reminded(said: Utterance) -> bool:
    if said.has_when:
        return True
    if said.streams and said.any("remind_of"):  # "remind me about exercise and bone" is a question
        return not (
            said.names("body", "medicine", "supplement") or said.own_left_over("exercise", "nutrition", "set", "remind")
        )
    if said.streams:
        return True
    return not said.any("other") and len(said.left_over()) <= _LEFT_OVER


def _wishes_noun(said: Utterance) -> bool:
    if not said.any("strong_noun") and not said.has("xday", "xtime", "xhour"):
        return False  # "nutrition tips" may be a question
    left = len(said.own_left_over("exercise", "nutrition", "set", "remind"))
    if not said.has_when and not said.streams and left > 1:
        return False  # "prompt answer please"
    if said.any("wish_noun"):
        return True
    if not said.has_when:
        return not said.has_question_mark and not left
    return bool(said.streams) or left <= 1


def _asks_in_vain(said: Utterance) -> bool:
    """A question, unless another clause asks us for a reminder."""
    if not said.asks_anywhere:
        return False
    wishing = any(
        said.finds("remind_verb", piece) or said.finds("wish_noun", piece)
        for piece in said.clauses or said.pieces
        if not said.asks(piece)
    )
    return not (wishing and (said.has_when or said.streams))


def _is_plain_wish(said: Utterance) -> bool:
    """A day or time and a stream, and nothing else that would make them part of a story."""
    wishes = said.any("wish")
    if said.has_question_mark or said.has("or") or said.any("habit"):
        return False
    if said.has("i", "we", "she", "he", "they") and not wishes:
        return False
    if not said.has("xtime", "xhour") and not wishes:
        rest = said.own_left_over("exercise", "nutrition")
        names_days = said.has("xday") and EVERY_DAY not in said.reading.values("xday")  # "daily exercise" is a subject
        return names_days and not rest and not said.has("for", "the", "a", "xuntil", "of", "weekly")
    rest = said.own_left_over("exercise", "nutrition", "set")
    return len(rest) <= (_LEFT_OVER + 2 if wishes else 1)
