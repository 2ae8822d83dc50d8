"""One turn of a conversation.

1 an emergency?         before all else, in every state
2 a button, its number or its title?
3 level words?          taken out; the rest is read on
4 a follow-up?          "more", "why?", "source?", "go back"
5 a question            alone, or in the light of the topic before
6 decide                answer, ask back, refuse, or small talk
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.corpus.models import Tier
from bot.dialogue import compose, words
from bot.dialogue.followups import FollowUp, Turn, number_said, topics_named, without_names
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.levels import LevelWish
from bot.dialogue.reply import Control, Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.matching.gate import Band
from bot.matching.intents import Intent, Topic
from bot.matching.language import Reading, read_language
from bot.matching.matcher import Found
from bot.matching.normalise import fold
from bot.matching.urgent import Alarm

_UNREADABLE = {Reading.OTHER_LANGUAGE: words.ENGLISH_ONLY, Reading.NOTHING: words.NOT_UNDERSTOOD}


_JOINER = re.compile(r"\b(?:and|or|plus|versus|vs)\b|[&,/+]")
"""What parts two things that are asked about; "protein for bones" is one thing, though it names two topics."""


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
    picked = _picked(state, text, know)
    if picked:
        return compose.answer(state, [picked], know)
    if text.lstrip().startswith("/"):
        return compose.small_talk(state, words.UNKNOWN_COMMAND, know)
    utterance = know.reader.read(text)
    reading = read_language(utterance.folded.split(), utterance.mended.split(), know.english)
    if reading != Reading.ENGLISH:
        return compose.refuse(state, _UNREADABLE[reading], "", (), know)
    wish, rest = know.level_words.read(utterance.mended)
    if wish is None:
        return _question(state, text, know)
    if know.follow_up_words.is_filler(rest):
        return _again(state, wish, know)
    after, reply = _question(replace(state, level=wish.applied(state.level)), rest, know)
    if reply.outcome == Outcome.SMALLTALK:
        return _again(state, wish, know)
    if reply.outcome == Outcome.OUT_OF_SCOPE:  # a refusal changes nothing, not even the level
        return replace(after, level=state.level), replace(reply, level=state.level)
    return after, reply


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
    if follow_up and (state.intent or follow_up != FollowUp.SOURCE):  # all sources can be asked for at any time
        return _follow_up(state, follow_up, know)
    turn, rest = know.follow_up_words.turn(mended)
    asked = rest if turn else text
    prepared = know.reader.read(asked).text
    named = tuple(topics_named(prepared, know.catalogue.topics.values()))
    question = _Question(asked, prepared, named, turn)
    if turn and know.follow_up_words.is_filler(prepared):
        return _turned(state, turn, know)
    bare = _bare_topics(state, question, know) or _bare_aspect(state, question, know)
    if bare == [state.intent] and know.follow_up_words.follow_up(without_names(prepared, named)) == FollowUp.MORE:
        return compose.more(state, know)
    if bare:
        return compose.answer(state, bare, know, lead=words.TWO_ANSWERS if len(bare) > 1 else "")
    return _decide(state, question, _find(state, question, know), know)


def _follow_up(state: ChatState, follow_up: FollowUp, know: Knowledge) -> tuple[ChatState, Reply]:
    if follow_up == FollowUp.MORE:
        return compose.more(state, know)
    if follow_up == FollowUp.SOURCE:
        return compose.sources(state, state.intent, know)
    if follow_up == FollowUp.BACK:
        return _back(state, know)
    return _why(state, know)


def _turned(state: ChatState, turn: Turn, know: Knowledge) -> tuple[ChatState, Reply]:
    """For a turn of phrase that names nothing to turn to."""
    if turn == Turn.RETURN:
        return _back(state, know)
    return compose.ask_back(state, words.MISTAKEN if turn == Turn.CORRECTION else words.WHAT_NEXT, know)


def _back(state: ChatState, know: Knowledge) -> tuple[ChatState, Reply]:
    """The answer before the last one; "go back" said again goes back further."""
    if len(state.intents) < 2:
        return compose.ask_back(state, words.NOTHING_EARLIER if state.intent else words.NOTHING_BEFORE, know)
    return compose.answer(replace(state, intents=state.intents[1:], shown=()), [state.intents[1]], know)


def _why(state: ChatState, know: Knowledge) -> tuple[ChatState, Reply]:
    """The reason behind the last answer: what else its topic says or leads to that answers "why" best."""
    if state.intent is None:
        return compose.ask_back(state, words.NOTHING_BEFORE, know)
    topic = know.topic_of(state.intent)
    found = know.matcher.match("why does it matter, how does it work", level=state.level, about=topic.name)
    near = {*(intent.id for intent in topic.intents), *topic.leads_to} - {state.intent}
    best = next((match.intent.id for match in found.ranked if match.intent.id in near), None)
    return compose.answer(state, [best], know) if best else compose.more(state, know)


def _bare_topics(state: ChatState, question: _Question, know: Knowledge) -> list[str]:
    """For a message that holds little but names of topics ("and magnesium?"): the last aspect, of the new topics."""
    last = question.text.replace("?", ".").rstrip(". ").split(".")[-1]
    prepared = know.reader.read(last).text
    topics = know.catalogue.topics.values()
    named, rest = topics_named(prepared, topics), without_names(prepared, topics)
    is_bare = know.follow_up_words.is_filler(rest) or know.follow_up_words.follow_up(rest) == FollowUp.MORE
    if not is_bare or len(named) > 2 or (len(named) == 2 and not _JOINER.search(last)):
        return []
    return [_intent_of(topic, question.turn, state, know) for topic in named]


def _intent_of(topic: Topic, turn: Turn | None, state: ChatState, know: Knowledge) -> str:
    """What is meant by a topic's name alone: what was said of it, for who goes back to it; else the last aspect."""
    before = [id_ for id_ in state.intents if know.intents[id_].topic == topic.id]
    if turn == Turn.RETURN and before:
        return before[0]
    ids = [intent.id for intent in topic.intents]
    wanted = f"{topic.id}/{know.intents[state.intent].aspect}" if state.intent else ""
    return wanted if wanted in ids else ids[0]


def _bare_aspect(state: ChatState, question: _Question, know: Knowledge) -> list[str]:
    """For a message that holds little but the name of an aspect ("any examples?"): that aspect of the last topic."""
    content = set(know.follow_up_words.content(question.prepared))
    if state.intent is None or not content or question.named:
        return []
    return [intent.id for intent in know.topic_of(state.intent).intents if content <= set(intent.aspect.split("-"))][:1]


def _find(state: ChatState, question: _Question, know: Knowledge) -> Found:
    """Match the question alone and, if it leans on the topic before, with that topic said; the surer one counts."""
    alone = know.matcher.match(question.text, level=state.level)
    own_topic = question.named or alone.signs["named"] or question.turn == Turn.FRESH
    if state.intent is None or own_topic or not know.follow_up_words.leans(question.prepared):
        return alone
    if alone.guard or alone.small_talk:
        return alone
    leaning = know.matcher.match(question.text, level=state.level, about=know.topic_of(state.intent).name)
    return max(alone, leaning, key=lambda found: found.covered * found.supports[0])


def _decide(state: ChatState, question: _Question, found: Found, know: Knowledge) -> tuple[ChatState, Reply]:
    ranked = [match.intent.id for match in found.ranked]
    if question.turn == Turn.CORRECTION:
        ranked = [id_ for id_ in ranked if id_ != state.intent]
    if found.guard:
        return compose.refuse_subject(state, found, ranked, know)
    if found.small_talk:
        return compose.small_talk(state, found.small_talk.reply, know)
    if found.band == Band.OUTSIDE:
        return compose.refuse_subject(state, found, ranked, know)
    if found.band == Band.SURE:
        return _answer(state, question, found, ranked, know)
    return compose.clarify(state, ranked, know, score=found.covered)


def _answer(
    state: ChatState, question: _Question, found: Found, ranked: list[str], know: Knowledge
) -> tuple[ChatState, Reply]:
    both = _two_topics(question, ranked[0], know)
    if len(both) > 1:
        return compose.answer(state, both, know, lead=words.TWO_ANSWERS, score=found.covered)
    places = [match.intent.id for match in found.places[: found.answers] if match.intent.id in ranked]
    lead = words.places(len(places)) if len(places) > 1 else ""
    return compose.answer(state, places or ranked[:1], know, lead=lead, score=found.covered)


def _two_topics(question: _Question, best: str, know: Knowledge) -> list[str]:
    """The best intent and, if a second topic was named that has the same aspect, that one too, as they were named."""
    same_aspect = [f"{topic.id}/{know.intents[best].aspect}" for topic in question.named]
    both = [id_ for id_ in same_aspect if id_ in know.intents]
    return both if len(question.named) == len(both) == 2 and best in both else [best]
