"""The zone of a point that a person shared. The point itself is kept nowhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder


def zone_at(latitude: float, longitude: float) -> str | None:
    """The zone there, in degrees; None for a point that there is not. The first call takes a while."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    found = _finder().timezone_at(lat=latitude, lng=longitude)
    return str(found) if found else None


@cache
def _finder() -> TimezoneFinder:
    from timezonefinder import TimezoneFinder  # here: it brings numba where that is there, and its index of shapes

    return TimezoneFinder(in_memory=False)
