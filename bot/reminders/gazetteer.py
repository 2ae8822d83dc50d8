"""Every city, region and country by all its names, as numbers: what a place's clock may be.

A name is kept as its hash, so 350,000 names in forty languages take three megabytes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.generic]
REGION = 1 << 31
"""Added to an owner of a name that is a region, not a city."""
OTHER_NAME, OWN_NAME, CAPITAL = range(3)
"""What a name is to the city that has it."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"} | dict.fromkeys("ʻ'’‘`", "")
)
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")


def fold_place(name: str) -> str:
    """One form for a name: no accents, no signs, lower case. "St. John's" -> "st johns"."""
    plain = _DOTTED.sub(r"\1", name).casefold().translate(_LETTERS)
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def hash_place(folded: str) -> int:
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "little")


@lru_cache(maxsize=1024)
def clock_of(zone: str, year: int) -> tuple[float, float]:
    """The offsets from UTC in January and in July, in seconds: zones that share them keep one time."""
    offsets = [datetime(year, month, 15, 12, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in (1, 7)]
    first, second = (offset.total_seconds() if offset else 0.0 for offset in offsets)
    return first, second


@dataclass(frozen=True)
class Short:
    """What stands in no list of cities: short forms of zones, regions of one zone, and words for no place."""

    aliases: Mapping[str, tuple[str, ...]]
    abbreviations: Mapping[str, tuple[str, ...]]
    nowhere: frozenset[str]
    leads: frozenset[str]


@dataclass(frozen=True, eq=False)
class Gazetteer:
    hashes: Numbers
    """Of all folded names, sorted."""
    owners: Numbers
    """For each hash a city, or a region plus REGION."""
    own: Numbers
    """For each hash OTHER_NAME, OWN_NAME or, for the own name of a capital, CAPITAL."""
    population: Numbers
    zone: Numbers
    region: Numbers
    """Of each city."""
    country: Numbers
    """Of each city."""
    zones: Sequence[str]
    regions: Sequence[str]
    """COUNTRY or COUNTRY/PART."""
    spellings: str
    """Folded names of the larger places, one on a line, for mending what is misspelled."""
    spelling_owners: Numbers
    short: Short
    year: int

    def owners_of(self, folded: str) -> list[tuple[int, int]]:
        """Cities and regions with exactly that name, each with what kind of name it is."""
        key = np.uint64(hash_place(folded))
        first, last = np.searchsorted(self.hashes, key, "left"), np.searchsorted(self.hashes, key, "right")
        return [(int(self.owners[at]), int(self.own[at])) for at in range(first, last)]

    def cities_in(self, region: int) -> Iterator[int]:
        """All cities of a region or country."""
        member = self.country if "/" not in self.regions[region] else self.region
        yield from (int(city) for city in np.flatnonzero(member == region))

    def zone_of(self, city: int) -> str:
        return self.zones[int(self.zone[city])]

    def in_region(self, city: int, region: int) -> bool:
        return region in (int(self.region[city]), int(self.country[city]))

    @cached_property
    def names(self) -> list[str]:
        return self.spellings.split("\n")

    @cached_property
    def keys(self) -> dict[str, str]:
        """IANA zones by their folded name: "europe london" -> "Europe/London"."""
        return {fold_place(zone.replace("_", " ")): zone for zone in self.zones}

    @cached_property
    def zone_weights(self) -> dict[str, int]:
        """People of all cities of each zone."""
        weights = np.bincount(self.zone.astype(np.int64), self.population.astype(np.float64), len(self.zones))
        return {zone: int(weight) for zone, weight in zip(self.zones, weights, strict=True) if weight}
