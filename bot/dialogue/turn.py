"""One turn of a conversation.

1 an emergency?         before all else, in every state
2 a button, its number or its title?
3 level words?          taken out; the rest is read on
4 a question, perhaps one that leans on the turn before: see question.py
"""

from __future__ import annotations

from dataclasses import replace

from bot.corpus.models import Tier
from bot.dialogue import compose, words
from bot.dialogue.followups import number_said
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.levels import LevelWish
from bot.dialogue.question import answer_question
from bot.dialogue.reply import Control, Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.matching.intents import Intent
from bot.matching.language import Reading, read_language
from bot.matching.normalise import fold
from bot.matching.reader import Utterance
from bot.matching.urgent import Alarm

_UNREADABLE = {Reading.OTHER_LANGUAGE: words.ENGLISH_ONLY, Reading.NOTHING: words.NOT_UNDERSTOOD}


def take_turn(state: ChatState, message: Message, know: Knowledge) -> tuple[ChatState, Reply]:
    """Answer one message in the light of the turns before it. The state holds nothing of the message's text."""
    state = _still_known(state, know)
    if message.control:
        return _control(state, message, know)
    if message.press:
        return _pressed(replace(state, level=message.level or state.level), message.press, know)
    alarm = know.watch.look(message.text)
    if alarm == Alarm.SELF_HARM:
        return compose.urgent(state, words.SELF_HARM)
    if alarm == Alarm.URGENT:
        return compose.urgent(state, words.URGENT)
    after, reply = _read(state, message.text, know)
    if alarm == Alarm.DOUBT and reply.outcome != Outcome.SMALLTALK:
        reply = replace(reply, lead=f"{words.HELP_FIRST}\n\n{reply.lead}".strip())
    return after, reply


def _still_known(state: ChatState, know: Knowledge) -> ChatState:
    """Without intents that an older version knew and this one does not."""
    intents, offered = (tuple(filter(know.intents.__contains__, ids)) for ids in (state.intents, state.offered))
    return replace(state, intents=intents, offered=offered)


def _control(state: ChatState, message: Message, know: Knowledge) -> tuple[ChatState, Reply]:
    about = message.about or state.intent
    if about is None or message.control == Control.TOPICS:
        return compose.ask_back(state, words.NOTHING_BEFORE, know)
    if about not in know.intents:
        return compose.ask_back(state, words.STALE, know)
    at = replace(state, level=message.level or state.level)
    if message.control in (Control.SIMPLER, Control.DEEPER):
        step = -1 if message.control == Control.SIMPLER else 1
        return _at_level(at, about, at.level.moved(step), know)
    after, reply = _looked_up(at, message, about, know)
    return replace(after, level=state.level), reply  # a look at an older answer's sources does not change the level


def _at_level(state: ChatState, intent_id: str, level: Tier, know: Knowledge) -> tuple[ChatState, Reply]:
    """The answer at this level, which may be the one that the chat has; say so if nothing changes."""
    return compose.answer(
        replace(state, level=level), [intent_id], know, lead=_unchanged(know.intents[intent_id], state.level, level)
    )


def _unchanged(intent: Intent, before: Tier, level: Tier) -> str:
    if level == before and level != Tier.INTERMEDIATE:
        return words.ALREADY_SIMPLEST if level == Tier.FUNDAMENTALS else words.ALREADY_DEEPEST
    same = intent.excerpts[intent.nearest_tier(before)] == intent.excerpts[intent.nearest_tier(level)]
    return words.SAME_AGAIN if same else ""


def _looked_up(at: ChatState, message: Message, about: str, know: Knowledge) -> tuple[ChatState, Reply]:
    if message.control == Control.SOURCES:
        return compose.sources(at, about, know)
    if about == at.intent and not message.seen:
        return compose.more(at, know)
    seen = compose.in_order(know.intents[about], at.level)[: message.seen]
    return compose.more(replace(at.about(about), shown=tuple(map(str, seen))), know)


def _pressed(state: ChatState, intent_id: str, know: Knowledge) -> tuple[ChatState, Reply]:
    if intent_id not in know.intents:
        return compose.ask_back(state, words.STALE, know)
    return compose.answer(state, [intent_id], know)


def _read(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply]:
    at_once = _at_once(state, text, know)
    if at_once:
        return at_once
    utterance = know.reader.read(text)
    wish, rest = know.level_words.read(utterance.mended)
    if wish is None:
        return _without_level(state, text, utterance, know)
    if know.follow_up_words.is_filler(rest):
        return _again(state, wish, know)
    after, reply = answer_question(replace(state, level=wish.applied(state.level)), rest, know)
    if reply.outcome == Outcome.SMALLTALK:
        return _again(state, wish, know)
    if reply.outcome == Outcome.OUT_OF_SCOPE:  # a refusal changes nothing, not even the level
        return replace(after, level=state.level), replace(reply, level=state.level)
    return after, reply


def _without_level(state: ChatState, text: str, utterance: Utterance, know: Knowledge) -> tuple[ChatState, Reply]:
    reading = read_language(utterance.folded.split(), utterance.mended.split(), know.english)
    if reading != Reading.ENGLISH:
        return compose.refuse(state, _UNREADABLE[reading], "", (), know)
    return answer_question(state, text, know)


def _at_once(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply] | None:
    """What can be told by the letter: a button's number or title, an unknown command, small talk."""
    picked = _picked(state, text, know)
    if picked:
        return compose.answer(state, [picked], know)
    if text.lstrip().startswith("/"):
        return compose.small_talk(state, words.UNKNOWN_COMMAND, know)
    small_talk = know.small_talk.get(fold(text))
    return compose.small_talk(state, small_talk.reply, know) if small_talk else None


def _again(state: ChatState, wish: LevelWish, know: Knowledge) -> tuple[ChatState, Reply]:
    """The last answer at the level that was just asked for."""
    level = wish.applied(state.level)
    if state.intent is None:
        return compose.small_talk(replace(state, level=level), words.level_set(level), know)
    return _at_level(state, state.intent, level, know)


def _picked(state: ChatState, text: str, know: Knowledge) -> str | None:
    """The offered intent that the text names by its number or its title."""
    wanted = fold(text)
    number = number_said(wanted)
    if number is not None and 1 <= number <= len(state.offered):
        return state.offered[number - 1]
    return next((id_ for id_ in state.offered if wanted == fold(know.intents[id_].title)), None)
