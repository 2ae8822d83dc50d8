"""The clocks of the world: the one on the wall, which may be set, and the one that only runs on."""

from __future__ import annotations

from datetime import datetime, timedelta


class Clocks:
    def __init__(self, start: datetime) -> None:
        self._start = start
        self.elapsed = 0.0
        """Seconds that have truly passed."""
        self._ahead = [(0.0, timedelta(0))]
        """By how much the wall's clock was ahead of the truth, since when."""
        self.highest = start
        """The latest instant that the wall has ever shown."""

    def wall(self) -> datetime:
        return self._wall(self._ahead[-1][1])

    def monotonic(self) -> float:
        return self.elapsed

    def pass_by(self, seconds: float) -> None:
        self.elapsed += seconds
        self.highest = max(self.highest, self.wall())

    def set_wall(self, by: timedelta) -> None:
        self._ahead.append((self.elapsed, self._ahead[-1][1] + by))
        self.highest = max(self.highest, self.wall())

    def readings(self, within: float) -> tuple[datetime, ...]:
        """What the wall may have shown to whoever looked in the last seconds, as if none of these had passed since."""
        before = [at for at, _ in self._ahead if at < self.elapsed - within]
        return tuple(self._wall(ahead) for _, ahead in self._ahead[max(len(before) - 1, 0) :])

    def _wall(self, ahead: timedelta) -> datetime:
        return self._start + timedelta(seconds=self.elapsed) + ahead
