"""Labelled questions, and the judgement of a reply to one. tests/questions/README.md describes the files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_plain
from bot.dialogue.reply import Outcome, Reply
from bot.errors import BotError

NEVER_SHOWN = ("male hpg axis", "meaning ∞")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


class QuestionsError(BotError):
    """A file of questions cannot be read. Says where and what is expected."""


@dataclass(frozen=True)
class Turn:
    """One message and what its reply must be; what is None or empty is not graded."""

    text: str
    outcomes: tuple[Outcome, ...]
    level: Tier | None = None
    any_of: tuple[str, ...] = ()
    """Phrases, one of which an answer must show."""
    none_of: tuple[str, ...] = ()
    """Phrases that no reply may show."""
    intents: tuple[str, ...] = ()
    """Instead of phrases: intents, of one of which an answer must show the first excerpt."""


@dataclass(frozen=True)
class Case:
    """One labelled conversation, mostly of a single turn."""

    id: str
    kind: str
    """inscope, urgent, not_urgent, dialogue, or a kind of out-of-scope question such as near."""
    turns: tuple[Turn, ...]
    traits: tuple[str, ...] = ()
    """What to count it under beside its kind, such as "low overlap" or "typo"."""

    @property
    def is_inside(self) -> bool:
        return self.kind == "inscope"

    @property
    def is_outside(self) -> bool:
        return self.kind not in ("inscope", "urgent", "not_urgent", "dialogue")


def parse_cases(text: str, name: str) -> list[Case]:
    """Read JSON lines; texts may hold any other line break. Raises QuestionsError at a line of no known shape."""
    cases = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionsError(
                f"{name}:{number}: this is no labelled question ({error}); see tests/questions/README.md"
            ) from error
    return cases


def is_right(turn: Turn, reply: Reply, know: Knowledge) -> bool:
    text = folded(render_plain(reply))
    if any(folded(phrase) in text for phrase in (*turn.none_of, *NEVER_SHOWN)):
        return False
    if reply.outcome not in turn.outcomes or (turn.level and reply.level != turn.level):
        return False
    return reply.outcome != Outcome.ANSWER or shows(turn, reply, know)


def shows(turn: Turn, reply: Reply, know: Knowledge) -> bool:
    """Whether an answer shows what was asked for; true if that is not graded."""
    if turn.intents:
        seen = {(e.passage.id, number) for e in reply.excerpts for number in range(e.first, e.last + 1)}
        wanted = (know.intents[id_] for id_ in turn.intents)
        mains = (intent.excerpts[intent.nearest_tier(reply.level)][0] for intent in wanted)
        return any({(p.passage, number) for number in range(p.first, p.last + 1)} <= seen for p in mains)
    text = folded(render_plain(reply))
    return not turn.any_of or any(folded(phrase) in text for phrase in turn.any_of)


def folded(text: str) -> str:
    """For comparing: no markup, straight quotes, single blanks, lower case."""
    plain = html.unescape(re.sub(r"<[^>]+>", "", text)).translate(_QUOTES)
    return " ".join(plain.split()).casefold()


def _case(line: dict[str, Any]) -> Case:
    if "turns" in line:
        return Case(line["id"], "dialogue", tuple(_turn(turn) for turn in line["turns"]))
    if "expect" in line:
        every_other: tuple[Outcome, ...] = tuple(outcome for outcome in Outcome if outcome != Outcome.URGENT)
        outcomes = (Outcome.URGENT,) if line["expect"] == "urgent" else every_other
        return Case(line["id"], line["expect"], (Turn(line["text"], outcomes),))
    if "kind" in line:
        outcomes = tuple(Outcome(outcome) for outcome in line.get("accept", [])) or (Outcome.OUT_OF_SCOPE,)
        return Case(line["id"], line["kind"], (Turn(line["text"], outcomes),))
    turn = Turn(
        line["text"],
        (Outcome.ANSWER,),
        level=Tier(line["level"]) if line.get("level") else None,
        any_of=tuple(line.get("expect_any", ())),
        intents=tuple(line.get("intents", ())),
    )
    if not (turn.any_of or turn.intents):
        raise KeyError("expect_any")
    return Case(line["id"], "inscope", (turn,), _traits(line))


def _turn(turn: dict[str, Any]) -> Turn:
    expected = turn["expect_outcome"]
    return Turn(
        turn["text"],
        tuple(Outcome(outcome) for outcome in ([expected] if isinstance(expected, str) else expected)),
        level=Tier(turn["expect_level"]) if turn["expect_level"] else None,
        any_of=tuple(turn["expect_any"] or ()),
        none_of=tuple(turn["reject_any"] or ()),
    )


def _traits(line: dict[str, Any]) -> tuple[str, ...]:
    low = ("low overlap",) if line.get("overlap") == "low" else ()
    return (*low, line["style"]) if "style" in line else low


def texts_of(cases: Iterable[Case]) -> Sequence[str]:
    return [turn.text for case in cases for turn in case.turns]
