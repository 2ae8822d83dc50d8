"""The zone of a point that a person shared. The point itself is kept nowhere."""

from __future__ import annotations


def zone_at(latitude: float, longitude: float) -> str | None:
    """The zone there, in degrees; None for a point that there is not. Takes a tenth of a second the first time."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    from timezonefinder import TimezoneFinder  # here, as few people share where they are; and closed again at once

    with TimezoneFinder() as finder:
        found = finder.timezone_at(lat=latitude, lng=longitude)
    return str(found) if found else None
