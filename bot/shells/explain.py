"""Every figure behind one reply. The turn is taken with its parts overheard, so that nothing is decided twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rich.table import Table
from rich.text import Text

from bot.dialogue.followups import topics_named
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.levels import LevelWish
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.matching.gate import Calibration
from bot.matching.language import read_language
from bot.matching.matcher import Found
from bot.shells.rich_text import one_line

SHOWN_INTENTS = 5

Row = tuple[str, str]
Part = TypeVar("Part")


@dataclass(frozen=True)
class Explanation:
    """What the turn made of a text in a state of a chat, in the order in which it looked."""

    rows: tuple[Row, ...]
    """Name and value; an empty name parts two groups."""
    outcome: str
    found: Found | None
    """What matching found that decided, if the turn came so far."""


def explain(text: str, state: ChatState, know: Knowledge) -> Explanation:
    calls: list[_Call] = []
    after, reply = take_turn(state, Message(text), _overheard(know, calls))
    matches: list[Found] = [call.result for call in calls if call.name == "match"]
    found = next((match for match in matches if match.covered == reply.score), next(iter(matches), None))
    return Explanation(tuple(_rows(text, reply, calls, know)), _outcome(after, reply), found)


def render_explanation(text: str, state: ChatState, know: Knowledge) -> Table:
    told = explain(text, state, know)
    table = Table("What", "Figure", title="How this was decided", title_justify="left", show_edge=False)
    for name, value in told.rows:
        if not name:
            table.add_section()
        else:
            table.add_row(Text(name), Text(value, overflow="fold"))
    table.add_section()
    table.add_row(Text("outcome", "bold"), Text(told.outcome, "bold"))
    return table


@dataclass(frozen=True)
class _Call:
    """What the turn asked one of its parts, and what it was told."""

    name: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    result: Any


class _Overheard:
    """Stands in for a part and writes down what its methods are asked."""

    def __init__(self, part: object, calls: list[_Call]) -> None:
        self._part = part
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._part, name)
        if not callable(member):
            return member

        def asked(*arguments: Any, **named: Any) -> Any:
            result = member(*arguments, **named)
            self._calls.append(_Call(name, arguments, named, result))
            return result

        return asked


def _overheard(know: Knowledge, calls: list[_Call]) -> Knowledge:
    def spied(part: Part) -> Part:
        stand_in: Any = _Overheard(part, calls)
        return stand_in  # type: ignore[no-any-return]

    return replace(
        know,
        matcher=spied(know.matcher),
        watch=spied(know.watch),
        level_words=spied(know.level_words),
        follow_up_words=spied(know.follow_up_words),
    )


def _rows(text: str, reply: Reply, calls: list[_Call], know: Knowledge) -> Iterator[Row]:
    yield from _reading(text, know)
    yield from dict.fromkeys(_turns_of_phrase(calls))  # the turn may ask the same twice
    for call in calls:
        if call.name == "match":
            yield "", ""
            yield from _match(call, reply, know)


def _reading(text: str, know: Knowledge) -> Iterator[Row]:
    utterance = know.reader.read(text)
    alarm = know.watch.look(text)
    how = (
        "" if alarm is None else " by its words" if know.watch.by_rules(text) else " by meaning or in another language"
    )
    yield "emergency", f"{alarm or 'no'}{how}"
    yield "language", read_language(utterance.folded.split(), utterance.mended.split(), know.english).value
    yield "folded", utterance.folded
    yield "spelling mended", utterance.mended
    yield "for matching", utterance.text
    yield "nobody knows", ", ".join(word for word in utterance.words if word not in know.english) or "none of its words"
    topics = topics_named(utterance.text, know.catalogue.topics.values())
    yield "topics named", ", ".join(topic.id for topic in topics) or "none"


def _turns_of_phrase(calls: list[_Call]) -> Iterator[Row]:
    for call in calls:
        if call.name == "read":
            wish, rest = call.result
            yield "level words", f"{_wish(wish)}; the rest is “{one_line(rest)}”" if wish else "none"
        elif call.name == "follow_up":
            yield "follow-up", call.result.value if call.result else "no"
        elif call.name == "turn":
            turn, rest = call.result
            yield "turn of phrase", f"{turn.value}; the rest is “{one_line(rest)}”" if turn else "none"


def _wish(wish: LevelWish) -> str:
    return wish.tier.value if wish.tier else "simpler" if wish.steps < 0 else "deeper"


def _match(call: _Call, reply: Reply, know: Knowledge) -> Iterator[Row]:
    found: Found = call.result
    about = call.named.get("about")
    decided = ", which decided" if found.covered == reply.score else ""
    yield "matched", one_line(call.arguments[0]) + (f", about {about}" if about else ", alone") + decided
    yield "guard", found.guard.value if found.guard else "none"
    yield "small talk", found.small_talk.id if found.small_talk else "no"
    yield from _figures(found, know.matcher.calibration)
    for number, match in enumerate(found.ranked[:SHOWN_INTENTS], start=1):
        yield f"intent {number}", f"{match.intent.id}, score {match.score:.3f}, share {match.share:.3f}"
    yield from _places(found)
    yield "nearest outside", found.subject.id if found.subject else "none"


def _figures(found: Found, gate: Calibration) -> Iterator[Row]:
    for name, value in found.signs.items():
        weight = gate.weights.get(name, 0.0)
        yield f"sign {name}", f"{value:.3f} × {weight:.3f} = {value * weight:+.3f}"
    yield "offset", f"{gate.offset:+.3f}"
    thresholds = f"refused below {gate.refuse_below:.2f}, answered from {gate.answer_from:.2f}"
    yield "covered", f"{found.covered:.3f} ({thresholds})"
    yield "support", f"answered with the fewest places below that have {gate.support_from:.2f} together"
    yield "band", f"{found.band.value}, places to show: {found.answers}"


def _places(found: Found) -> Iterator[Row]:
    for number, (place, support) in enumerate(zip(found.places, found.supports, strict=True), start=1):
        yield f"place {number}", f"{place.intent.id}, support {support:.3f}{' with those above' if number > 1 else ''}"


def _outcome(after: ChatState, reply: Reply) -> str:
    shown = ", ".join(section.intent for section in reply.sections)
    return f"{reply.outcome.value}{f' with {shown}' if shown else ''}, level {after.level.value}"
