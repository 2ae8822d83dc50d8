"""A guard that can be taken out without anybody noticing is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.mutants import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_the_guard_is_still_there_once(mutant: Mutant) -> None:
    assert mutant.source.count(mutant.text) == 1


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_it_is_found_out_that_the_guard_is_gone(mutant: Mutant, tmp_path: Path) -> None:
    mutant.build(tmp_path)
    done = mutant.run(tmp_path)
    assert "\nseed " in f"\n{done.stdout}", done.stderr
    assert done.returncode == 1
