"""Builds replies: which excerpts, how much of them, and which buttons lead on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.corpus.models import Excerpt, Part, Pointer, Tier
from bot.corpus.pictures import picture_under
from bot.dialogue import words
from bot.dialogue.followups import topics_named
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Control, Outcome, Reply, Section, Suggestion
from bot.dialogue.state import ChatState
from bot.matching.intents import Intent, Subject
from bot.matching.matcher import Found

MOST_CHARACTERS = 1200
"""Of excerpts in one answer; the rest comes with "more". About a screen and a half of a phone."""
BRIEF_CHARACTERS = 800
"""The same for each of two answers in one reply."""
MOST_SUGGESTIONS = 4
MOST_CHOICES = 3
"""Buttons of "did you mean": more are not read."""
BEGINNINGS = ("serms/what", "nutrients/which", "exercise/why")
"""Where to begin for who has asked nothing yet: one intent of each half of the article's advice, and of the therapy."""
SECOND_MISS = 2
"""Questions in a row without an answer from which /topics is offered."""
_KINDS = ("that ", "other ")
"""How `Subject.about` begins if it stands for many things: "that molecule", "other hormones such as …"."""
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
    after = replace(state.about(first), shown=tuple(dict.fromkeys(before + pointers)), misses=0)
    picture = picture_under(first, state.level, know.pictures.values()) if len(sections) == 1 else None
    reply = Reply(
        outcome=Outcome.ANSWER,
        level=state.level,
        lead=lead,
        sections=sections,
        suggestions=leading_on(first, know, without={section.intent for section in sections}),
        controls=_controls(sections[0], state.level),
        intent=first,
        picture=picture.id if picture else None,
        score=score,
    )
    return offering(after, reply)


def leading_on(intent_id: str, know: Knowledge, *, without: Iterable[str] = ()) -> tuple[Suggestion, ...]:
    """Other aspects of the topic, then what the topic leads to."""
    topic = know.topic_of(intent_id)
    ids = dict.fromkeys([*(intent.id for intent in topic.intents), *topic.leads_to])
    unseen = [id_ for id_ in ids if id_ not in {intent_id, *without}]
    return suggestions(unseen[:MOST_SUGGESTIONS], know)


def suggestions(intent_ids: Iterable[str], know: Knowledge) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(id_, know.intents[id_].title) for id_ in intent_ids)


def onward(state: ChatState, know: Knowledge) -> tuple[Suggestion, ...]:
    """What one may want to know next, whatever was said: after the last answer, or where to begin."""
    if state.intent is None:
        return suggestions((id_ for id_ in BEGINNINGS if id_ in know.intents), know)
    return leading_on(state.intent, know)[:MOST_CHOICES]


def more(state: ChatState, know: Knowledge) -> tuple[ChatState, Reply]:
    """Go on with what was cut, then with the other tiers; when nothing is left, say so."""
    if state.intent is None:
        return ask_back(state, words.NOTHING_BEFORE, know)
    intent = know.intents[state.intent]
    tiers = _tiers_in_order(intent, state.level)
    for tier in tiers:
        left = [e for e in map(know.article.excerpt, intent.excerpts[tier]) if str(e.pointer) not in state.shown]
        if left:
            note = "" if tier == tiers[0] else words.more_from(tier)
            fitting = _fitting(left, MOST_CHARACTERS)
            seen = in_order(intent, state.level).index(fitting[-1].pointer) + 1
            section = Section(intent.id, intent.title, fitting, note, more=len(fitting) < len(left), seen=seen)
            return shown(state, (section,), know)
    return ask_back(state, words.NO_MORE, know)


def in_order(intent: Intent, level: Tier) -> tuple[Pointer, ...]:
    """The intent's excerpts as "more" goes through them: what answers at this level, then the other tiers."""
    return tuple(dict.fromkeys(pointer for tier in _tiers_in_order(intent, level) for pointer in intent.excerpts[tier]))


def _tiers_in_order(intent: Intent, level: Tier) -> list[Tier]:
    return sorted(intent.excerpts, key=lambda tier: (tier != intent.nearest_tier(level), tier.step))


def sources(state: ChatState, intent_id: str | None, know: Knowledge) -> tuple[ChatState, Reply]:
    """The whole passages behind the answer, and the document's reading list on the subject."""
    if intent_id is None:
        return ask_back(state, words.NOTHING_BEFORE, know)
    intent = know.intents[intent_id]
    passages = dict.fromkeys(pointer.passage for pointer in intent.excerpts[intent.nearest_tier(state.level)])
    whole = tuple(Excerpt(p, 1, len(p.sentences)) for p in (know.article.passages[id_] for id_ in passages))
    section = Section(intent.id, intent.title, whole, words.PLACE)
    after, reply = shown(state, (section,), know)
    reading = tuple(know.article.passages[id_].text for id_ in know.topic_of(intent_id).references)
    return after, replace(reply, reading=reading, controls=(), picture=None)


def clarify(
    state: ChatState, intent_ids: Sequence[str], know: Knowledge, *, score: float | None = None
) -> tuple[ChatState, Reply]:
    """Ask which of these is meant; who is asked a second time in a row is shown the way to all topics."""
    misses = state.misses + 1
    reply = Reply(
        outcome=Outcome.CLARIFY,
        level=state.level,
        lead=words.DID_YOU_MEAN,
        closing=words.SEE_TOPICS if misses >= SECOND_MISS else "",
        suggestions=suggestions(intent_ids[:MOST_CHOICES], know),
        controls=(Control.TOPICS,) if misses >= SECOND_MISS else (),
        score=score,
    )
    return offering(replace(state, misses=misses), reply)


def refuse(
    state: ChatState, reason: str, ask: str, nearest: Sequence[str], know: Knowledge, *, score: float | None = None
) -> tuple[ChatState, Reply]:
    """Say what the article lacks and whom to ask, and offer the nearest that it has. Shows no excerpt."""
    offered = suggestions(nearest[:MOST_CHOICES], know)
    misses = state.misses + 1
    show_topics = misses >= SECOND_MISS or not offered
    closing = [words.SEE_TOPICS] if show_topics else []
    if offered:
        closing.append(words.NEAREST)
    reply = Reply(
        outcome=Outcome.OUT_OF_SCOPE,
        level=state.level,
        lead=" ".join(part for part in (reason, ask) if part),
        closing=" ".join(closing),
        suggestions=offered,
        controls=(Control.TOPICS,) if show_topics else (),
        score=score,
    )
    return offering(replace(state, misses=misses), reply)


def refuse_subject(state: ChatState, found: Found, nearest: Sequence[str], know: Knowledge) -> tuple[ChatState, Reply]:
    """Refuse by the name of what the article leaves out, or in general if that is not clear.

    Where the subject is only guessed, the intents that came nearest are offered first: one of them may be meant.
    """
    subject = found.subject
    if subject is None or (found.guard and _speaks_of_another(subject, found.utterance.text, know)):
        reason, ask = words.NOT_COVERED, words.ASK_SOMEONE
        if found.guard:
            reason, ask = words.not_covered(words.GUARDED[found.guard]), words.ASK_A_PROFESSIONAL
        return refuse(state, reason, ask, nearest, know, score=found.covered)
    topics = [know.catalogue.topics[id_].intents[0].id for id_ in subject.near]
    reason = _missing(subject, found.utterance.text)
    sure = found.guard or found.signs["named"]
    offered = [*topics, *nearest] if sure else [*nearest[:2], *topics, *nearest[2:]]
    return refuse(state, reason, subject.ask, list(dict.fromkeys(offered)), know, score=found.covered)


def urgent(state: ChatState, text: str) -> tuple[ChatState, Reply]:
    """Where to find help, and nothing that could keep anybody from it. Changes nothing of what was talked about."""
    return state, Reply(Outcome.URGENT, state.level, lead=text)


def small_talk(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply]:
    """Fixed words, which change nothing of what was talked about, and what leads on."""
    reply = Reply(
        Outcome.SMALLTALK, state.level, lead=text, suggestions=onward(state, know), controls=(Control.TOPICS,)
    )
    return offering(state, reply)


def ask_back(state: ChatState, text: str, know: Knowledge) -> tuple[ChatState, Reply]:
    """Say what keeps us from going on, and what leads on instead."""
    reply = Reply(Outcome.CLARIFY, state.level, lead=text, suggestions=onward(state, know), controls=(Control.TOPICS,))
    return offering(state, reply)


def offering(state: ChatState, reply: Reply) -> tuple[ChatState, Reply]:
    """The state after a reply whose suggestions can be picked by number."""
    return replace(state, offered=tuple(suggestion.intent for suggestion in reply.suggestions)), reply


def _speaks_of_another(subject: Subject, text: str, know: Knowledge) -> bool:
    """Whether the subject names a topic that the question does not: of two doses, the one that was not asked about."""
    topics = know.catalogue.topics.values()
    about = know.reader.read(subject.about).text
    return not set(topics_named(about, topics)) <= set(topics_named(text, topics))


def _missing(subject: Subject, text: str) -> str:
    """What the article lacks. A subject that is a whole kind of things is told by the name that was used for one."""
    named = [name for name in subject.names if f" {name} " in f" {text} "]
    is_kind = subject.about.startswith(_KINDS)
    return words.not_mentioned(max(named, key=len)) if named and is_kind else words.not_covered(subject.about)


def _section(intent: Intent, level: Tier, know: Knowledge, limit: int) -> Section:
    tier = intent.nearest_tier(level)
    excerpts = [know.article.excerpt(pointer) for pointer in intent.excerpts[tier]]
    fitting = _fitting(excerpts, limit)
    parts = {_TIER_PARTS.get(excerpt.passage.part) for excerpt in fitting} - {None}
    note = words.other_tier(level, tier) if tier != level and parts else ""
    return Section(intent.id, intent.title, fitting, note, more=len(fitting) < len(excerpts), seen=len(fitting))


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


def _controls(section: Section, level: Tier) -> tuple[Control, ...]:
    wanted = (
        (Control.SIMPLER, level != Tier.FUNDAMENTALS),
        (Control.DEEPER, level != Tier.ACADEMIC),
        (Control.MORE, section.more),
        (Control.SOURCES, True),
    )
    return tuple(control for control, is_wanted in wanted if is_wanted)
