"""What a message asks of the reminders, if it asks anything of them.

Rules, not likeness: nobody may lose a reminder, or get one, because a sentence resembles another. A wish to stop comes
before all others; and what is no clear wish is left to the dialogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.reminders.command import NOTHING, Action, Command, Reason
from bot.reminders.plan_words import plan_of
from bot.reminders.stopping import refuses_somehow, stop_or_pause, wants_stop
from bot.reminders.subscribing import refused, wants_reminders
from bot.reminders.tokens import Reading, read
from bot.reminders.utterance import Utterance
from bot.reminders.words import ReminderWords

__all__ = ["NOTHING", "Action", "Command", "Reason", "understand"]


def understand(text: str, words: ReminderWords, today: date | None) -> Command:
    """Understand any text. `today` is the date where the person is; without it a pause has no end."""
    said = Utterance(words, read(text, words, today))
    command = _understood(said, words)
    if command.action is not Action.NONE or command.reason not in (None, Reason.ONE_OFF) or not _may_end_in_plan(said):
        return command
    return next(_plans_in(said.reading.tails, words), command)


def _may_end_in_plan(said: Utterance) -> bool:
    if not said.has("xday", "xtime", "xhour") or said.ends_in_question:
        return False
    return said.is_ours or not said.asks_anywhere


def _plans_in(tails: Iterable[Reading], words: ReminderWords) -> Iterator[Command]:
    """Whole plans at the end of a message that begins with a story: "my doctor says I must move. Exercise, Fridays"."""
    for tail in tails:
        command = _understood(Utterance(words, tail), words)
        is_plan = command.action in (Action.SUBSCRIBE, Action.CHANGE) and command.streams
        if is_plan and (command.weekdays or command.minute is not None):
            yield command


def _understood(said: Utterance, words: ReminderWords) -> Command:
    if said.any("none.keep", "none.knowledge", "none.quote") and not said.any("stop_anyway", "show_anyway"):
        return NOTHING
    if wants_stop(said):
        return stop_or_pause(said, words)
    if _wants_show(said):
        return Command(Action.SHOW, said.streams)
    if said.any("none.emergency"):
        return NOTHING
    if not _is_no_pause(said) and (_wants(said, "pause") or _wants_briefly(said, "pause")):
        return Command(Action.PAUSE, said.streams_left, until=said.until)
    if _wants_resume(said):
        return Command(Action.RESUME, said.streams_woken)
    if _wants_change(said):
        return plan_of(Action.CHANGE, said.reading, words)
    return _subscription(said, words)


def _is_story(said: Utterance) -> bool:
    """Many words, and none of them for what we send."""
    return said.is_long and not said.names_ours(said.sentence)


def _wants_show(said: Utterance) -> bool:
    if _is_story(said):
        return False
    if said.any("show_anyway") or (said.any("show") and not said.any("show_not")):
        return True
    if said.has("xday", "xtime", "start", "again", "back", "set", "want", "up", "out", "off", "on", "instead"):
        return False
    if said.any("polite"):
        return False  # "can I get reminders?"
    return (said.has("my", "when") or said.has_question_mark) and said.is_alone("show", strict=False)


def _wants(said: Utterance, action: str) -> bool:
    """Whether a clause holds a pattern of the action, and no wish to know."""
    if said.is_alone(action) and not said.has_question_mark:
        return True
    if said.is_question or said.is_about_medicine:
        return False
    if not said.seeks and any(said.says_only(action, clause) for clause in said.clauses):
        return True
    return any(said.finds(action, piece) for piece in said.wishes)


def _is_no_pause(said: Utterance) -> bool:
    return said.any("pause_not") or (said.any("pause_bone") and not said.names_ours(said.sentence))


def _wants_resume(said: Utterance) -> bool:
    if said.has("xtime") or said.any("resume_not"):
        return False
    return _wants(said, "resume") or _wants_briefly(said, "resume")


def _wants_briefly(said: Utterance, action: str) -> bool:
    """Whether a clause holds a word of the action and a stream, and nothing else: "restart the exercise ones"."""
    if said.asks_anywhere or said.has_question_mark:
        return False
    wishes = (piece for piece in said.pieces if said.finds(f"{action}_short", piece))
    return any(not said.own_left_over("exercise", "nutrition", action, of=piece) for piece in wishes)


def _wants_change(said: Utterance) -> bool:
    if not said.any_piece("change") or _is_no_change(said):
        return False
    if said.any("none.one_off") and not said.has_when:
        return False  # "remind me later"
    if said.has_question_mark and not said.any("reminder_noun", "polite"):
        return False  # "move more on mondays?"
    if said.any("habit") and not said.is_ours:
        return False  # "I do yoga at 9am now, not at 8"
    if said.asks_anywhere and not said.any("ask_change"):  # "which weekday is best for weights"
        names_new = said.has("xtime", "xhour", "xday", "instead", "earlier", "later")
        return names_new and (said.is_ours or said.any("reminder_noun"))
    return True


def _is_no_change(said: Utterance) -> bool:
    if _is_story(said) or said.any("change_not") or said.is_about_medicine or said.has("xonce"):
        return True
    if said.any("rhythm.monthly", "rhythm.fortnightly"):
        return True  # which is refused, and says why
    return said.any("signs_up") and not said.has("instead")  # "sign me up to get moving"


def _subscription(said: Utterance, words: ReminderWords) -> Command:
    if refuses_somehow(said):
        return stop_or_pause(said, words)
    if not wants_reminders(said):
        return NOTHING
    reason = refused(said)
    return Command(Action.NONE, reason=reason) if reason else plan_of(Action.SUBSCRIBE, said.reading, words)
