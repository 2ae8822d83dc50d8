"""The clock of a test in which time passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class StillClock:
    """Shows one instant until the test moves it on."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at
