"""What became of labelled questions: figures against their goals, confusions, and every miss with why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.authoring.evaluate import Figure, Verdict, confusions, figures
from bot.authoring.questions import NEVER_SHOWN, folded
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_plain
from bot.dialogue.reply import Outcome
from bot.shells.rich_text import one_line

LONGEST_TEXT = 160
"""Characters of a question or a phrase that a line shows."""

Copies = Sequence[tuple[str, str, str]]
"""Near copies, as (owner, example, question)."""


def report_fields(verdicts: Sequence[Verdict], copies: Copies) -> dict[str, Any]:
    """The whole report as values that JSON knows."""
    return {
        "turns": len(verdicts),
        "right": sum(verdict.right for verdict in verdicts),
        "figures": [_figure_fields(figure) for figure in figures(verdicts)],
        "confusions": [
            {"kind": kind, "intent": intent, "times": times} for kind, intent, times in confusions(verdicts)
        ],
        "misses": [_miss_fields(verdict) for verdict in _misses(verdicts)],
        "near_copies": [{"owner": owner, "example": example, "question": asked} for owner, example, asked in copies],
    }


def to_json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8")


def print_report(console: Console, verdicts: Sequence[Verdict], copies: Copies, know: Knowledge) -> None:
    """The same for people; `know` gives the figures of matching for each miss."""
    console.print(_figure_table(figures(verdicts)))
    _print_list(console, "Answered wrongly, by what", _confusion_lines(verdicts))
    _print_list(console, "Misses", (_miss_line(verdict, know) for verdict in _misses(verdicts)))
    _print_list(console, "Examples that nearly are a question", (_copy_line(*copy) for copy in copies))


def _figure_fields(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "hits": figure.hits,
        "of": figure.of,
        "share": round(figure.share, 4),
        "goal": figure.goal,
        "at_most": figure.at_most,
        "reached": figure.reached,
    }


def _figure_table(rows: Sequence[Figure]) -> Table:
    table = Table("Figure", show_edge=False)
    for name in ("hits", "of", "%", "goal", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        goal = f"{'≤' if row.at_most else '≥'} {100 * row.goal:.0f} %"
        verdict = Text("reached", "green") if row.reached else Text("not reached", "bold red")
        table.add_row(Text(row.name), str(row.hits), str(row.of), f"{100 * row.share:.1f}", goal, verdict)
    return table


def _confusion_lines(verdicts: Sequence[Verdict]) -> Iterator[Text]:
    for kind, intent, times in confusions(verdicts):
        yield Text(f"{times:>3} × {kind} → {intent or 'no intent'}")


def _misses(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if not verdict.right]


def _miss_fields(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.case.id,
        "kind": verdict.case.kind,
        "text": verdict.turn.text,
        "why": _why(verdict),
        "expected": _expected(verdict),
        "outcome": verdict.reply.outcome.value,
        "intent": verdict.reply.intent,
        "score": verdict.reply.score,
        "level": verdict.reply.level.value,
        "button": verdict.button,
    }


def _miss_line(verdict: Verdict, know: Knowledge) -> Text:
    lines = [
        f"{verdict.case.id} ({verdict.case.kind}) “{_shortened(verdict.turn.text)}”",
        f"    expected {_expected(verdict)}",
        f"    came     {_came(verdict, know)}",
        f"    why      {_why(verdict)}",
    ]
    return Text("\n".join(lines))


def _expected(verdict: Verdict) -> str:
    turn = verdict.turn
    outcomes = " or ".join(outcome.value for outcome in turn.outcomes)
    level = f" at {turn.level.value} level" if turn.level else ""
    shown = ", ".join(turn.intents) or (f"“{_shortened(turn.any_of[0])}”" if turn.any_of else "")
    return f"{outcomes}{level}{f' with {shown}' if shown else ''}"


def _came(verdict: Verdict, know: Knowledge) -> str:
    """The reply, and what matching alone makes of the text; a follow-up is decided by more than that."""
    reply = verdict.reply
    found = know.matcher.match(verdict.turn.text, level=reply.level)
    intents = ", ".join(section.intent for section in reply.sections) or f"nearest {found.best.intent.id}"
    button = ", the right one on a button" if verdict.button else ""
    covered = found.covered if reply.score is None else reply.score
    guard = f"; guard {found.guard.value}" if found.guard else ""
    return f"{reply.outcome.value}, {intents}{button}; covered {covered:.2f}, support {found.supports[0]:.2f}{guard}"


def _why(verdict: Verdict) -> str:
    turn, reply = verdict.turn, verdict.reply
    text = folded(render_plain(reply))
    forbidden = [phrase for phrase in (*turn.none_of, *NEVER_SHOWN) if folded(phrase) in text]
    if forbidden:
        return f"it shows “{_shortened(forbidden[0])}”"
    if reply.outcome not in turn.outcomes:
        return _wrong_outcome(verdict)
    if turn.level and reply.level != turn.level:
        return f"the level is {reply.level.value}"
    return "it shows none of what was expected"


def _wrong_outcome(verdict: Verdict) -> str:
    told = {
        Outcome.ANSWER: "it was answered",
        Outcome.CLARIFY: "it was asked back",
        Outcome.OUT_OF_SCOPE: "it was refused",
        Outcome.URGENT: "it was taken for an emergency",
        Outcome.SMALLTALK: "it was taken for small talk",
    }
    return told[verdict.reply.outcome]


def _copy_line(owner: str, example: str, question: str) -> Text:
    return Text(f"{owner}: “{_shortened(example)}” ~ “{_shortened(question)}”")


def _print_list(console: Console, title: str, lines: Iterator[Text]) -> None:
    found = list(lines)
    console.print()
    console.print(Text(f"{title}: {len(found) or 'none'}", "bold"))
    for line in found:
        console.print(line, soft_wrap=not console.is_terminal)


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1].rstrip()}…"
