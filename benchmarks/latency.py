"""How long Osteon takes and how much memory, beside its own encoder and rapidfuzz, all in one run.

A machine that does other work makes every figure in milliseconds larger; the ratio of two that were measured in turn
stays. Each part runs in a process of its own, on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from bot.authoring.questions import Case, parse_cases
from bot.bootstrap import build_core
from bot.dialogue.reply import Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.matching.normalise import fold
from bot.settings import load_settings
from bot.shells.encoder.minilm import MiniLM

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
FIRST_QUESTION = "What does vitamin K2 do?"
WARM_STARTS = 5
WARM_UP = 20
"""Questions that are asked before any is timed."""
REMEMBERED = 100
"""Questions after which memory is read."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Row:
    """One figure and, if there is one, what it must not exceed."""

    name: str
    value: float
    unit: str
    goal: float | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)  # what the processes of a run get
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part]()))
        return 0
    rows = [*_start_rows(), *_speed_rows(_part("speed")), *_memory_rows(_part("memory"))]
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        Console().print(_table(rows))
    return 0


# --- in a process of its own ------------------------------------------------------------------------------------------


def measure_speed() -> dict[str, list[float]]:
    """Milliseconds for each question: the encoder alone, the whole turn, and rapidfuzz over all examples, in turn."""
    know = build_core(load_settings()).knowledge
    encoder = MiniLM()
    examples = [fold(example) for intent in know.intents.values() for example in intent.examples]
    times: dict[str, list[float]] = {"encoder": [], "turn": [], "peer": []}
    for case in _cases():
        state = ChatState()
        for turn in case.turns:
            prepared, folded = know.reader.read(turn.text).text, fold(turn.text)
            times["encoder"].append(_timed(encoder.encode, prepared)[0])
            took, (state, _) = _timed(take_turn, state, Message(turn.text), know)
            times["turn"].append(took)
            times["peer"].append(_timed(process.extractOne, folded, examples, scorer=fuzz.WRatio)[0])
    return {name: found[WARM_UP:] for name, found in times.items()}


def measure_memory() -> dict[str, float]:
    """Resident memory in megabytes of a process that did nothing but answer some questions."""
    import psutil

    know = build_core(load_settings()).knowledge
    for case in islice(_cases(), REMEMBERED):
        take_turn(ChatState(), Message(case.turns[0].text), know)
    return {"resident": psutil.Process().memory_info().rss / 1e6}


PARTS: dict[str, Callable[[], dict[str, Any]]] = {"speed": measure_speed, "memory": measure_memory}


def _timed(call: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[float, Any]:
    """Milliseconds, and what came back."""
    begun = time.perf_counter()
    result = call(*arguments, **named)
    return (time.perf_counter() - begun) * 1000, result


def _cases() -> Iterator[Case]:
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        yield from parse_cases(path.read_text(encoding="utf-8"), path.name)


# --- from outside -----------------------------------------------------------------------------------------------------


def _part(name: str) -> Any:
    return json.loads(_run([__file__, "--part", name]))


def _start_rows() -> Iterator[Row]:
    """From the start of a process to its first answer."""
    with tempfile.TemporaryDirectory() as empty:
        cold = _seconds_to_first_answer(OSTEON_DATA=empty)
        kept = sum(path.stat().st_size for path in Path(empty).rglob("*") if path.is_file())
        warm = [_seconds_to_first_answer(OSTEON_DATA=empty) for _ in range(WARM_STARTS)]
    yield Row("start to first answer, warm", statistics.median(warm), "s", 1.5)
    yield Row("the same in an empty folder", cold, "s")
    yield Row("what that keeps on disk", kept / 1e6, "MB")


def _seconds_to_first_answer(**settings: str) -> float:
    begun = time.perf_counter()
    said = json.loads(_run(["-m", "bot", "ask", FIRST_QUESTION, "--json"], **settings))
    took = time.perf_counter() - begun
    if said["outcome"] != "answer":
        raise SystemExit(f"“{FIRST_QUESTION}” was not answered but got: {said['outcome']}")
    return took


def _run(arguments: Sequence[str], **settings: str) -> str:
    """What a process of Python says. Its errors go where ours do."""
    command = [sys.executable, *arguments]
    environment = {**os.environ, **ONE_THREAD, **settings}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout  # noqa: S603 - our own program


# --- the table --------------------------------------------------------------------------------------------------------


def _speed_rows(times: dict[str, list[float]]) -> Iterator[Row]:
    encoder, turn, peer = (statistics.median(times[name]) for name in ("encoder", "turn", "peer"))
    yield Row("questions timed", len(times["turn"]), "")
    yield Row("the encoder alone, median", encoder, "ms")
    yield Row("the encoder alone, 99 of 100", _p99(times["encoder"]), "ms")
    yield Row("one question, median", turn, "ms", 6)
    yield Row("one question, 99 of 100", _p99(times["turn"]), "ms", 12)
    yield Row("question over encoder, medians", turn / encoder, "×", 1.3)
    yield Row("rapidfuzz WRatio, all examples, median", peer, "ms")
    yield Row("rapidfuzz WRatio, 99 of 100", _p99(times["peer"]), "ms")
    yield Row("question over rapidfuzz WRatio, medians", turn / peer, "×")


def _memory_rows(memory: dict[str, float]) -> Iterator[Row]:
    yield Row(f"resident memory after {REMEMBERED} questions", memory["resident"], "MB", 220)


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _table(rows: Sequence[Row]) -> Table:
    table = Table("Figure", show_edge=False)
    for name in ("value", "goal", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        goal = "" if row.goal is None else f"≤ {row.goal:g} {row.unit}"
        reached = "" if row.goal is None else "reached" if row.value <= row.goal else "not reached"
        table.add_row(row.name, f"{row.value:.4g} {row.unit}".strip(), goal, reached)
    return table


if __name__ == "__main__":
    sys.exit(main())
