"""What goes wrong, by one seed."""

from __future__ import annotations

from random import Random

from tests.simulation.telegram import Mishap

_SLOWINGS = (1.0, 30.0, 10_072.0)
"""Seconds; the last one was seen in the wild."""
_OF_REQUESTS = {
    Mishap.SLOWED: 0.07,
    Mishap.REFUSED: 0.01,
    Mishap.UNREACHED: 0.03,
    Mishap.LOST_ON_THE_WAY: 0.05,
    Mishap.ANSWER_LOST: 0.1,
    Mishap.UNAUTHORISED: 0.01,
}
_CUT = 0.01


class SeededWeather:
    def __init__(self, random: Random) -> None:
        self._random = random
        self.is_fair = False
        """From when on nothing goes wrong any more."""

    def of_request(self) -> Mishap | None:
        drawn = 1.0 if self.is_fair else self._random.random()
        for mishap, share in _OF_REQUESTS.items():
            if drawn < share:
                return mishap
            drawn -= share
        return None

    def of_slowing(self) -> float:
        return self._random.choice(_SLOWINGS)

    def cut_before(self) -> bool:
        return not self.is_fair and self._random.random() < _CUT

    def cut_after(self) -> bool:
        return not self.is_fair and self._random.random() < _CUT
