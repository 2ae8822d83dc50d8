"""A question in the light of the turns before it.

1 a follow-up?          "more", "why?", "source?", "go back"
2 a bare topic?         "and magnesium?", "K2 and D3"
3 matching              alone, and with the topic before if the question leans on it
4 decide                answer, ask back, refuse, or small talk
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.dialogue import compose, words
from bot.dialogue.followups import FollowUp, Turn, topics_named, without_names
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Reply
from bot.dialogue.state import ChatState
from bot.matching.gate import Band
from bot.matching.intents import Topic
from bot.matching.matcher import Found

BY_NAME = 1.0
"""The score of what was called by its own name: nothing had to be guessed."""
_JOINER = re.compile(r"\b(?:and|or|plus|versus|vs)\b|[&,/+]")
"""What parts two things that are asked about; "protein for bones" is one thing, though it names two topics."""


@dataclass(frozen=True)
class _Question:
    """What a message asks, after level words and turns of phrase were taken out."""

    text: str
    """For matching."""
    prepared: str
    """The same as the reader prepares it."""
    named: tuple[Topic, ...]
    turn: Turn | None


def answer_question(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply]:
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
        lead = words.TWO_ANSWERS if len(bare) > 1 else ""
        return compose.answer(state, bare, know, lead=lead, score=BY_NAME)
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
    """Match the question alone and, if it leans on the topic before, with that topic said; the surer one counts.

    What is about something else by itself, and has no word that points back, is asked about and not answered.
    """
    alone = know.matcher.match(question.text, level=state.level)
    own_topic = question.named or alone.signs["named"] or question.turn == Turn.FRESH
    if state.intent is None or own_topic or not know.follow_up_words.leans(question.prepared):
        return alone
    if alone.guard or alone.small_talk:
        return alone
    points_back = know.follow_up_words.points_back(question.prepared)
    if alone.band == Band.SURE and not points_back:
        return alone
    leaning = know.matcher.match(question.text, level=state.level, about=know.topic_of(state.intent).name)
    if leaning.guard:  # "is it safe?" asks of the medicine that was spoken of
        return leaning
    if alone.band == Band.OUTSIDE and leaning.band == Band.SURE and not points_back:
        leaning = replace(leaning, band=Band.NEAR)
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
