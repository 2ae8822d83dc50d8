"""Builds replies: which excerpts, how much of them, and which buttons lead on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.corpus.models import Excerpt, Part, Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Control, Outcome, Reply, Section, Suggestion
from bot.dialogue.state import HISTORY, ChatState
from bot.matching.intents import Intent, Subject

MOST_CHARACTERS = 1200
"""Of excerpts in one answer; the rest comes with "more". About a screen and a half of a phone."""
BRIEF_CHARACTERS = 500
"""The same for each of two answers in one reply."""
MOST_SUGGESTIONS = 4
MOST_CHOICES = 3
"""Buttons of "did you mean": more are not read."""
_TIER_PARTS = {Part(tier.value): tier for tier in Tier}


def answer(
    state: ChatState, intent_ids: Sequence[str], know: Knowledge, *, lead: str = "", score: float | None = None
) -> tuple[ChatState, Reply]:
    """Answer with the excerpts of one intent, or briefly with those of two."""
    limit = MOST_CHARACTERS if len(intent_ids) == 1 else BRIEF_CHARACTERS
    sections = tuple(_section(know.intents[id_], state.level, know, limit) for id_ in intent_ids)
    return shown(state, sections, know, lead=lead, score=score)


def shown(
    state: ChatState, sections: tuple[Section, ...], know: Knowledge, *, lead: str = "", score: float | None = None
) -> tuple[ChatState, Reply]:
    """A reply with these sections, and the state after it."""
    first = sections[0].intent
    pointers = tuple(str(excerpt.pointer) for section in sections for excerpt in section.excerpts)
    before = state.shown if first == state.intent else ()
    suggestions = leading_on(first, know, without={section.intent for section in sections})
    after = replace(
        state,
        intents=(first, *(id_ for id_ in state.intents if id_ != first))[:HISTORY],
        shown=tuple(dict.fromkeys(before + pointers)),
        offered=tuple(suggestion.intent for suggestion in suggestions),
        misses=0,
    )
    reply = Reply(
        outcome=Outcome.ANSWER,
        level=state.level,
        lead=lead,
        sections=sections,
        suggestions=suggestions,
        controls=_controls(know.intents[first], sections[0], state.level),
        intent=first,
        score=score,
    )
    return after, reply


def leading_on(intent_id: str, know: Knowledge, *, without: Iterable[str] = ()) -> tuple[Suggestion, ...]:
    """Other aspects of the topic, then what the topic leads to."""
    topic = know.topic_of(intent_id)
    ids = dict.fromkeys([*(intent.id for intent in topic.intents), *topic.leads_to])
    unseen = [id_ for id_ in ids if id_ not in {intent_id, *without}]
    return suggestions(unseen[:MOST_SUGGESTIONS], know)


def suggestions(intent_ids: Iterable[str], know: Knowledge) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(id_, know.intents[id_].title) for id_ in intent_ids)


def more(state: ChatState, know: Knowledge) -> tuple[ChatState, Reply]:
    """Go on with what was cut, then with the other tiers; when nothing is left, say so."""
    if state.intent is None:
        return _choices(state, words.NOTHING_BEFORE, ())
    intent = know.intents[state.intent]
    tiers = sorted(intent.excerpts, key=lambda tier: (tier != intent.nearest_tier(state.level), tier.step))
    for tier in tiers:
        left = [e for e in map(know.article.excerpt, intent.excerpts[tier]) if str(e.pointer) not in state.shown]
        if left:
            note = "" if tier == tiers[0] else words.more_from(tier)
            fitting = _fitting(left, MOST_CHARACTERS)
            section = Section(intent.id, intent.title, fitting, note, more=len(fitting) < len(left))
            return shown(state, (section,), know)
    return _choices(state, words.NO_MORE, leading_on(intent.id, know))


def sources(state: ChatState, intent_id: str | None, know: Knowledge) -> tuple[ChatState, Reply]:
    """The whole passages behind the answer, and the document's reading list on the subject."""
    if intent_id is None:
        return _choices(state, words.NOTHING_BEFORE, ())
    intent = know.intents[intent_id]
    passages = dict.fromkeys(pointer.passage for pointer in intent.excerpts[intent.nearest_tier(state.level)])
    whole = tuple(Excerpt(p, 1, len(p.sentences)) for p in (know.article.passages[id_] for id_ in passages))
    section = Section(intent.id, intent.title, whole, words.PLACE)
    after, reply = shown(state, (section,), know)
    reading = tuple(know.article.passages[id_].text for id_ in know.topic_of(intent_id).references)
    return after, replace(reply, reading=reading, controls=())


def clarify(state: ChatState, intent_ids: Sequence[str], know: Knowledge, *, score: float | None = None) -> tuple[ChatState, Reply]:
    after, reply = _choices(state, words.DID_YOU_MEAN, suggestions(intent_ids[:MOST_CHOICES], know))
    return after, replace(reply, score=score)


def refuse(
    state: ChatState, reason: str, ask: str, nearest: Sequence[str], know: Knowledge, *, score: float | None = None
) -> tuple[ChatState, Reply]:
    """Say what the article lacks and whom to ask, and offer the nearest that it has. Shows no excerpt."""
    offered = suggestions(nearest[:MOST_CHOICES], know)
    misses = state.misses + 1
    closing = [words.NEAREST] if offered else []
    if misses >= 2 or not offered:
        closing.append(words.SEE_TOPICS)
    reply = Reply(
        outcome=Outcome.OUT_OF_SCOPE,
        level=state.level,
        lead=" ".join(part for part in (reason, ask) if part),
        closing=" ".join(closing),
        suggestions=offered,
        controls=(Control.TOPICS,) if misses >= 2 or not offered else (),
        score=score,
    )
    return replace(state, offered=tuple(s.intent for s in offered), misses=misses), reply


def refuse_subject(
    state: ChatState, subject: Subject | None, nearest: Sequence[str], know: Knowledge, *, score: float | None = None
) -> tuple[ChatState, Reply]:
    """Refuse by the name of what the article leaves out, or in general if that is not clear."""
    if subject is None:
        return refuse(state, words.NOT_COVERED, "", nearest, know, score=score)
    topics = [know.catalogue.topics[id_].intents[0].id for id_ in subject.near]
    return refuse(state, words.not_covered(subject.about), subject.ask, topics or nearest, know, score=score)


def say(state: ChatState, outcome: Outcome, text: str, *, controls: tuple[Control, ...] = ()) -> tuple[ChatState, Reply]:
    """Fixed words, which change nothing of what was talked about."""
    return state, Reply(outcome, state.level, lead=text, controls=controls)


def _choices(state: ChatState, lead: str, choices: tuple[Suggestion, ...]) -> tuple[ChatState, Reply]:
    controls = () if choices else (Control.TOPICS,)
    reply = Reply(Outcome.CLARIFY, state.level, lead=lead, suggestions=choices, controls=controls)
    return replace(state, offered=tuple(choice.intent for choice in choices)), reply


def _section(intent: Intent, level: Tier, know: Knowledge, limit: int) -> Section:
    tier = intent.nearest_tier(level)
    excerpts = [know.article.excerpt(pointer) for pointer in intent.excerpts[tier]]
    fitting = _fitting(excerpts, limit)
    parts = {_TIER_PARTS.get(excerpt.passage.part) for excerpt in fitting} - {None}
    note = words.other_tier(level, tier) if tier != level and parts else ""
    return Section(intent.id, intent.title, fitting, note, more=len(fitting) < len(excerpts))


def _fitting(excerpts: Sequence[Excerpt], limit: int) -> tuple[Excerpt, ...]:
    """As many whole excerpts as the limit allows; always the first."""
    fitting = [excerpts[0]]
    size = len(excerpts[0].text)
    for excerpt in excerpts[1:]:
        size += len(excerpt.text)
        if size > limit:
            break
        fitting.append(excerpt)
    return tuple(fitting)


def _controls(intent: Intent, section: Section, level: Tier) -> tuple[Control, ...]:
    tiers = {pointers: tier for tier, pointers in intent.excerpts.items()}
    simpler = level != Tier.FUNDAMENTALS and len(tiers) > 0
    deeper = level != Tier.ACADEMIC and len(tiers) > 0
    wanted = ((Control.SIMPLER, simpler), (Control.DEEPER, deeper), (Control.MORE, section.more), (Control.SOURCES, True))
    return tuple(control for control, is_wanted in wanted if is_wanted)
