"""One turn of a conversation.

    1 an emergency?         before all else, in every state
    2 a button, its number or its title?
    3 level words?          taken out; the rest is read on
    4 a follow-up?          "more", "why?", "source?", "go back"
    5 a question            alone, or in the light of the topic before
    6 decide                answer, ask back, refuse, or small talk
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue import compose, words
from bot.dialogue.followups import FollowUp, Turn, topics_named, without_names
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Control, Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.matching.gate import Band
from bot.matching.intents import Topic
from bot.matching.language import Reading, read_language
from bot.matching.matcher import Found
from bot.matching.urgent import Alarm


def take_turn(state: ChatState, message: Message, know: Knowledge) -> tuple[ChatState, Reply]:
    """Answer one message in the light of the turns before it. The state holds nothing of the message's text."""
    if message.control:
        return _control(state, message.control, message.about or state.intent, know)
    if message.press:
        return _pressed(state, message.press, know)
    alarm = know.watch.look(message.text)
    if alarm == Alarm.SELF_HARM:
        return compose.say(state, Outcome.URGENT, words.SELF_HARM)
    if alarm == Alarm.URGENT:
        return compose.say(state, Outcome.URGENT, words.URGENT)
    after, reply = _read(state, message.text, know)
    if alarm == Alarm.DOUBT and reply.outcome != Outcome.SMALLTALK:
        reply = replace(reply, lead=f"{words.HELP_FIRST}\n\n{reply.lead}".strip())
    return after, reply


def _control(state: ChatState, control: Control, about: str | None, know: Knowledge) -> tuple[ChatState, Reply]:
    if control == Control.SOURCES:
        return compose.sources(state, about, know)
    if about is None:
        return compose.say(state, Outcome.CLARIFY, words.NOTHING_BEFORE, controls=(Control.TOPICS,))
    if control == Control.MORE:
        return compose.more(state if about == state.intent else replace(state, intents=(about, *state.intents), shown=()), know)
    step = {Control.SIMPLER: -1, Control.DEEPER: 1}[control]
    moved = replace(state, level=state.level.moved(step))
    return compose.answer(moved, [about], know)


def _pressed(state: ChatState, intent_id: str, know: Knowledge) -> tuple[ChatState, Reply]:
    if intent_id not in know.intents:
        return compose.say(state, Outcome.CLARIFY, words.STALE, controls=(Control.TOPICS,))
    return compose.answer(state, [intent_id], know)


def _read(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply]:
    picked = _picked(state, text, know)
    if picked:
        return compose.answer(state, [picked], know)
    if text.lstrip().startswith("/"):
        return compose.say(state, Outcome.SMALLTALK, words.UNKNOWN_COMMAND, controls=(Control.TOPICS,))
    utterance = know.reader.read(text)
    reading = read_language(utterance.folded.split(), utterance.mended.split(), know.english)
    if reading == Reading.OTHER_LANGUAGE:
        return compose.refuse(state, words.ENGLISH_ONLY, "", (), know)
    if reading == Reading.NOTHING:
        return compose.refuse(state, words.NOT_UNDERSTOOD, "", (), know)
    wish, rest = know.level_words.read(utterance.mended)
    if wish:
        state = replace(state, level=wish.applied(state.level))
        if know.follow_up_words.is_filler(rest):
            return _again(state, know)
        return _question(state, rest, know)
    return _question(state, text, know)


def _again(state: ChatState, know: Knowledge) -> tuple[ChatState, Reply]:
    """The last answer at the level that was just asked for."""
    if state.intent is None:
        return compose.say(state, Outcome.SMALLTALK, words.level_set(state.level), controls=(Control.TOPICS,))
    return compose.answer(state, [state.intent], know)


def _picked(state: ChatState, text: str, know: Knowledge) -> str | None:
    """The offered intent that the text names by its number or its title."""
    wanted = text.strip().rstrip(".").casefold()
    for number, id_ in enumerate(state.offered, start=1):
        if id_ in know.intents and wanted in (str(number), know.intents[id_].title.casefold()):
            return id_
    return None


@dataclass(frozen=True)
class _Question:
    """What a message asks, after level words and turns of phrase were taken out."""

    text: str
    """For matching."""
    prepared: str
    """The same as the reader prepares it."""
    named: tuple[Topic, ...]
    turn: Turn | None


def _question(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply]:
    mended = know.reader.read(text).mended
    follow_up = know.follow_up_words.follow_up(mended)
    if follow_up and state.intent:
        return _follow_up(state, follow_up, know)
    turn, rest = know.follow_up_words.turn(mended)
    asked = rest if turn else text
    prepared = know.reader.read(asked).text
    named = tuple(topics_named(prepared, know.catalogue.topics.values()))
    question = _Question(asked, prepared, named, turn)
    if turn == Turn.RETURN and not named and len(state.intents) > 1:
        return compose.answer(state, [state.intents[1]], know)
    bare = _bare_topics(state, question, know)
    if bare:
        return compose.answer(state, bare, know, lead=words.TWO_ANSWERS if len(bare) > 1 else "")
    return _decide(state, question, _find(state, question, know), know)


def _follow_up(state: ChatState, follow_up: FollowUp, know: Knowledge) -> tuple[ChatState, Reply]:
    if follow_up == FollowUp.MORE:
        return compose.more(state, know)
    if follow_up == FollowUp.SOURCE:
        return compose.sources(state, state.intent, know)
    if follow_up == FollowUp.BACK and len(state.intents) > 1:
        return compose.answer(state, [state.intents[1]], know)
    return _why(state, know)


def _why(state: ChatState, know: Knowledge) -> tuple[ChatState, Reply]:
    """The reason behind the last answer: what its topic says or leads to that answers "why" best."""
    assert state.intent is not None
    topic = know.topic_of(state.intent)
    found = know.matcher.match("why does it matter, how does it work", level=state.level, about=topic.name)
    near = {intent.id for intent in topic.intents} | set(topic.leads_to)
    best = next((match.intent.id for match in found.ranked if match.intent.id in near), state.intent)
    return compose.answer(state, [best], know)


def _bare_topics(state: ChatState, question: _Question, know: Knowledge) -> list[str]:
    """For a message that holds little but names of topics ("and magnesium?"): the last aspect, of the new topics."""
    last = question.text.replace("?", ".").rstrip(". ").split(".")[-1]
    prepared = know.reader.read(last).text
    named = topics_named(prepared, know.catalogue.topics.values())
    if not named or len(named) > 2 or not know.follow_up_words.is_filler(without_names(prepared, named)):
        return []
    aspect = know.intents[state.intent].aspect if state.intent else None
    return [f"{topic.id}/{_aspect(topic, aspect)}" for topic in named]


def _aspect(topic: Topic, wanted: str | None) -> str:
    aspects = [intent.aspect for intent in topic.intents]
    return wanted if wanted in aspects else aspects[0]


def _find(state: ChatState, question: _Question, know: Knowledge) -> Found:
    """Match the question alone and, if it leans on the topic before, with that topic said; the surer one counts."""
    alone = know.matcher.match(question.text, level=state.level)
    own_topic = question.named or question.turn == Turn.FRESH
    if state.intent is None or own_topic or not know.follow_up_words.leans(question.prepared):
        return alone
    leaning = know.matcher.match(question.text, level=state.level, about=know.topic_of(state.intent).name)
    if alone.guard or alone.small_talk:
        return alone
    return max(alone, leaning, key=lambda found: found.covered * found.support)


def _decide(state: ChatState, question: _Question, found: Found, know: Knowledge) -> tuple[ChatState, Reply]:
    ranked = [match.intent.id for match in found.ranked]
    if question.turn == Turn.CORRECTION:
        ranked = [id_ for id_ in ranked if id_ != state.intent]
    if found.guard:
        return compose.refuse_subject(state, found.subject, ranked, know, score=found.covered)
    if found.small_talk:
        return compose.say(state, Outcome.SMALLTALK, found.small_talk.reply)
    if found.band == Band.OUTSIDE:
        return compose.refuse_subject(state, found.subject, ranked, know, score=found.covered)
    if found.band == Band.SURE:
        both = _two_topics(question, ranked[0], know)
        lead = words.TWO_ANSWERS if len(both) > 1 else ""
        return compose.answer(state, both, know, lead=lead, score=found.covered)
    if found.band == Band.EITHER:
        both = [found.best.intent.id, found.second.intent.id]
        return compose.answer(state, both, know, lead=words.EITHER, score=found.covered)
    return compose.clarify(state, ranked, know, score=found.covered)


def _two_topics(question: _Question, best: str, know: Knowledge) -> list[str]:
    """The best intent and, if a second topic was named that has the same aspect, that one too."""
    aspect = know.intents[best].aspect
    others = [topic for topic in question.named if topic.id != know.intents[best].topic]
    if len(question.named) == 2 and len(others) == 1 and f"{others[0].id}/{aspect}" in know.intents:
        return [best, f"{others[0].id}/{aspect}"]
    return [best]


