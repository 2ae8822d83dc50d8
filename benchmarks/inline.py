"""How long each key takes while somebody types in inline mode, beside rapidfuzz over all titles and examples.

A hundred labelled questions are typed letter by letter. The ratio of the two, measured in turn in one run, stays the
same on a machine that does other work at the same time; the milliseconds do not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table
from telegram.constants import InlineQueryLimit

from bot.authoring.questions import parse_cases
from bot.bootstrap import build_core
from bot.corpus.models import Tier
from bot.dialogue.offer import MOST_OFFERED, offer_for
from bot.settings import load_settings
from bot.shells.tgbot.inline import PAGE
from bot.shells.tgbot.render import render_card

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "inscope.jsonl"
TYPED = 100
GOAL = 20.0
"""Milliseconds."""
LONGEST = int(InlineQueryLimit.MAX_QUERY_LENGTH)


@dataclass(frozen=True)
class Row:
    name: str
    median: float
    p99: float
    most: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args()
    rows = measure()
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return 0
    table = Table("Milliseconds for each key", "median", "99 of 100", "most", show_edge=False)
    for row in rows:
        table.add_row(row.name, *(f"{value:.2f}" for value in (row.median, row.p99, row.most)))
    Console().print(table)
    matching, peer = rows[0], rows[-1]
    print(f"medians, matching over rapidfuzz: {matching.median / peer.median:.2f} ×")
    print(f"99 of 100 in at most {GOAL:g} ms: {'reached' if matching.p99 <= GOAL else 'not reached'}")
    return 0


def measure() -> list[Row]:
    know = build_core(load_settings()).knowledge
    texts = [text for intent in know.intents.values() for text in (intent.title, *intent.examples)]
    times: dict[str, list[float]] = {"matching": [], "its cards as HTML": [], "rapidfuzz WRatio": []}
    offer_for("warm", Tier.FUNDAMENTALS, know)
    for typed in _keys():
        took, offer = _timed(offer_for, typed, Tier.FUNDAMENTALS, know)
        times["matching"].append(took)
        times["its cards as HTML"].append(_timed(lambda: [render_card(s) for s in offer.sections[:PAGE]])[0])  # noqa: B023
        took, _ = _timed(process.extract, typed, texts, scorer=fuzz.WRatio, limit=MOST_OFFERED)
        times["rapidfuzz WRatio"].append(took)
    return [Row(name, statistics.median(t), statistics.quantiles(t, n=100)[98], max(t)) for name, t in times.items()]


def _keys() -> Iterator[str]:
    for case in islice(parse_cases(QUESTIONS.read_text(encoding="utf-8"), QUESTIONS.name), TYPED):
        text = case.turns[0].text[:LONGEST]
        yield from (text[:end] for end in range(1, len(text) + 1))


def _timed(call: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[float, Any]:
    """Milliseconds, and what came back."""
    begun = time.perf_counter()
    result = call(*arguments, **named)
    return (time.perf_counter() - begun) * 1000, result


if __name__ == "__main__":
    sys.exit(main())
