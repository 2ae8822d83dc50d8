"""Seeds that once broke what was promised, and what they have found in the bot's code. They are played in every run.

What a seed does depends on how the world is made: after a change of it they may find nothing more, so what was found
has a mutant too (see mutants.py) wherever a guard was the remedy.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BadSeed:
    name: str
    seed: int

    def __str__(self) -> str:
        return self.name


BAD_SEEDS = (
    BadSeed("the same message put off again after what it was put off to had come", 33),
    BadSeed("a plan changed on the day of a reminder that was perhaps sent sends another", 259),
    BadSeed("what was perhaps sent, and then surely not, is noted as superseded", 35),
    BadSeed("done calls off what is on its way", 140),
)
