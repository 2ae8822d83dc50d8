"""The two kinds of reminder that one can have."""

from __future__ import annotations

from enum import StrEnum


class Stream(StrEnum):
    """What a reminder is about; a chat has at most one of each."""

    EXERCISE = "exercise"
    NUTRITION = "nutrition"

    @property
    def label(self) -> str:
        return self.value.capitalize()
