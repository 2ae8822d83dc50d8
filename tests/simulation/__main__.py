"""Runs many seeds and prints a table: python -m tests.simulation --seeds 5000 --store sqlite"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulation.seeds import STEPS, Run, run_seed
from tests.simulation.stores import Fresh, in_memory


def main() -> int:
    """1 if anything that must hold did not."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--only", type=int, nargs="*", help="these seeds and no others")
    parser.add_argument("--steps", type=int, default=STEPS, help="of each seed")
    parser.add_argument("--store", choices=_STORES, default="memory")
    parser.add_argument("--until-bad", action="store_true", help="stop at the first seed that breaks anything")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what goes wrong here is meant to
    seeds = given.only or range(given.first, given.first + given.seeds)
    start = time.perf_counter()
    runs = asyncio.run(_runs(seeds, given.steps, given.store, until_bad=given.until_bad))
    _print_table(given.store, runs, time.perf_counter() - start)
    return 1 if any(run.violations for run in runs) else 0


async def _runs(seeds: Sequence[int], steps: int, store: str, *, until_bad: bool) -> list[Run]:
    runs = []
    async with _STORES[store]() as fresh:
        for seed in seeds:
            run = await run_seed(seed, fresh, steps)
            runs.append(run)
            for violation in run.violations:
                print(f"seed {seed}: {violation}", flush=True)  # noqa: T201  -- it is what one runs it for
            if until_bad and run.violations:
                break
    return runs


def _print_table(store: str, runs: Sequence[Run], seconds: float) -> None:
    messages, copies = sum(len(run.copies) for run in runs), sum(run.second_copies for run in runs)
    broken, bad = sum(len(run.violations) for run in runs), sum(bool(run.violations) for run in runs)
    print("| store | seeds | messages | second copies | violations | bad seeds | seconds |")  # noqa: T201
    print("|---|---|---|---|---|---|---|")  # noqa: T201
    print(f"| {store} | {len(runs)} | {messages} | {copies} | {broken} | {bad} | {seconds:.0f} |")  # noqa: T201


@asynccontextmanager
async def _memory() -> AsyncIterator[Fresh]:
    yield in_memory


@asynccontextmanager
async def _sqlite() -> AsyncIterator[Fresh]:
    from tests.simulation.stores import Settings, in_database

    with TemporaryDirectory() as folder:
        async with in_database(Settings(Path(folder))) as fresh:
            yield fresh


@asynccontextmanager
async def _postgres() -> AsyncIterator[Fresh]:
    from pydantic import SecretStr

    from tests.shells.storage.conftest import PostgresServer
    from tests.simulation.stores import Settings, in_database

    with TemporaryDirectory(prefix="osteon-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder) / "data")
        try:
            async with in_database(Settings(Path(folder), SecretStr(server.fresh_database()))) as fresh:
                yield fresh
        finally:
            server.stop()


_STORES = {"memory": _memory, "sqlite": _sqlite, "postgres": _postgres}

if __name__ == "__main__":
    sys.exit(main())
