"""Many seeds, each another life of reminders among faults. See __init__.py for how the world is made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.shells.storage.conftest import PostgresServer
from tests.simulation.bad_seeds import BAD_SEEDS, BadSeed
from tests.simulation.seeds import Run, run_seed
from tests.simulation.stores import Fresh, Settings, in_database, in_memory

IN_MEMORY = [range(first, first + 44) for first in range(0, 440, 44)]
IN_DATABASES = [range(first, first + 5) for first in range(440, 470, 5)]
"""Run on each of the databases: 440 + 2 * 30 make 500."""


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Fresh]:
    async with in_database(Settings(tmp_path)) as fresh:
        yield fresh


@pytest.fixture
async def postgres_database(tmp_path: Path, postgres: PostgresServer) -> AsyncIterator[Fresh]:
    async with in_database(Settings(tmp_path, SecretStr(postgres.fresh_database()))) as fresh:
        yield fresh


async def runs(seeds: Sequence[int], fresh: Fresh) -> list[Run]:
    return [await run_seed(seed, fresh) for seed in seeds]


def found(played: Sequence[Run]) -> dict[int, tuple[str, ...]]:
    return {run.seed: run.violations for run in played if run.violations}


@pytest.mark.parametrize("seeds", IN_MEMORY, ids=str)
async def test_whatever_happens_what_was_promised_holds(seeds: Sequence[int]) -> None:
    assert found(await runs(seeds, in_memory)) == {}


@pytest.mark.parametrize("seeds", IN_DATABASES, ids=str)
async def test_it_holds_in_sqlite_which_does_the_same_as_memory(seeds: Sequence[int], sqlite: Fresh) -> None:
    played = await runs(seeds, sqlite)
    assert found(played) == {}
    assert played == await runs(seeds, in_memory)


@pytest.mark.parametrize("seeds", IN_DATABASES, ids=str)
async def test_it_holds_in_postgres_which_does_the_same_as_memory(
    seeds: Sequence[int], postgres_database: Fresh
) -> None:
    played = await runs(seeds, postgres_database)
    assert found(played) == {}
    assert played == await runs(seeds, in_memory)


@pytest.mark.parametrize("bad", BAD_SEEDS, ids=str)
async def test_what_a_seed_has_found_once_stays_mended(bad: BadSeed) -> None:
    assert found(await runs([bad.seed], in_memory)) == {}


async def test_a_seed_is_played_the_same_again() -> None:
    assert await runs([1, 2, 3], in_memory) == await runs([1, 2, 3], in_memory)


async def test_there_are_messages_and_second_copies_to_judge() -> None:
    played = await runs(range(30), in_memory)
    assert sum(len(run.copies) for run in played) > 250
    assert sum(run.second_copies for run in played) > 10
