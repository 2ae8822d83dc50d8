"""What to offer to somebody who is typing, before anything is asked: passages to choose from, or help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.corpus.models import Tier
from bot.dialogue import compose, words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Reply, Section
from bot.dialogue.state import ChatState
from bot.matching.urgent import Alarm

MOST_OFFERED = 50
_HELP = {Alarm.URGENT: words.URGENT, Alarm.SELF_HARM: words.SELF_HARM, Alarm.DOUBT: words.HELP_FIRST}


@dataclass(frozen=True)
class Offer:
    help: Reply | None = None
    """Where to find help, if an emergency is being told or may be."""
    sections: tuple[Section, ...] = ()
    """The best first. None beside an emergency, nor for what the article must not or does not answer."""


def offer_for(typed: str, level: Tier, know: Knowledge) -> Offer:
    """What fits the typed words, or where to begin if there are none. It is no turn: nothing is remembered of it."""
    alarm = know.watch.at_once(typed)
    state = ChatState(level)
    help_ = compose.urgent(state, _HELP[alarm])[1] if alarm else None
    if alarm in (Alarm.URGENT, Alarm.SELF_HARM) or know.matcher.refuses(typed):
        return Offer(help_)
    found = [intent.id for intent in know.search.find(typed)] if typed.strip() else list(_beginnings(know))
    replies = [compose.answer(state, [id_], know)[1] for id_ in found[:MOST_OFFERED]]
    return Offer(help_, tuple(reply.sections[0] for reply in replies))


def _beginnings(know: Knowledge) -> Iterator[str]:
    """Where to begin, then what comes first in each theme."""
    yield from (id_ for id_ in compose.BEGINNINGS if id_ in know.intents)
    first: dict[str, str] = {}
    for topic in know.catalogue.topics.values():
        first.setdefault(topic.theme, topic.intents[0].id)
    yield from (id_ for id_ in first.values() if id_ not in compose.BEGINNINGS)
