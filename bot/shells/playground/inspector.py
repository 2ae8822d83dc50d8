"""What stands behind a message of the bot: the decision, and the passages that it quotes. JSON for the page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.corpus.models import Article
from bot.dialogue.knowledge import Knowledge
from bot.matching.matcher import Found
from bot.shells.explain import SHOWN_INTENTS, explain
from bot.shells.playground.decisions import Decision
from bot.shells.playground.quotes import Place, find_quote, quotes_of
from bot.shells.playground.telegram.records import Json, Message


def inspect(message: Message, decision: Decision | None, know: Knowledge) -> Json:
    quotes = quotes_of(message)
    places = [find_quote(quote, message.text, know.article) for quote in quotes]
    found = [place for place in places if place]
    return {
        "decision": _decision(decision, know) if decision else None,
        "quotes": len(quotes),
        "verbatim": len(found),
        "sections": _sections(found, know.article),
    }


def _decision(decision: Decision, know: Knowledge) -> Json:
    asked = decision.message
    told: Json = {
        "level": decision.state.level.label,
        "outcome": decision.reply.outcome.value,
        "shown": [section.title for section in decision.reply.sections],
    }
    if asked.press or asked.control:
        pressed = asked.press or asked.about or ""
        title = know.intents[pressed].title if pressed in know.intents else pressed
        return told | {"pressed": title}
    explanation = explain(asked.text, decision.state, know)
    told |= {"asked": asked.text, "figures": _groups(explanation.rows), "summary": explanation.outcome}
    return told | (_matching(explanation.found, know) if explanation.found else {})


def _groups(rows: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    groups: list[list[tuple[str, str]]] = [[]]
    for name, value in rows:
        if name:
            groups[-1].append((name, value))
        else:
            groups.append([])
    return groups


def _matching(found: Found, know: Knowledge) -> Json:
    gate = know.matcher.calibration
    unknown = [word for word in found.utterance.words if word not in know.english]
    return {
        "covered": found.covered,
        "refuse_below": gate.refuse_below,
        "answer_from": gate.answer_from,
        "band": found.band.value,
        "candidates": [
            {"intent": match.intent.id, "title": match.intent.title, "score": match.score, "share": match.share}
            for match in found.ranked[:SHOWN_INTENTS]
        ],
        "unknown_words": unknown,
        "guard": found.guard.value if found.guard else None,
        "outside": found.subject.id if found.subject else None,
    }


def _sections(places: Sequence[Place], article: Article) -> list[Json]:
    """Each section once, whole, with the quoted sentences marked."""
    marked = {(place.passage.id, n) for place in places for n in range(place.first, place.last + 1)}
    sections = dict.fromkeys((place.passage.part, place.passage.section) for place in places)
    return [
        {
            "part": part.label,
            "title": section,
            "passages": [
                {
                    "id": passage.id,
                    "columns": passage.columns,
                    "sentences": [
                        {"text": sentence, "marked": (passage.id, number) in marked}
                        for number, sentence in enumerate(passage.sentences, start=1)
                    ],
                }
                for passage in article.passages.values()
                if (passage.part, passage.section) == (part, section)
            ],
        }
        for part, section in sections
    ]
