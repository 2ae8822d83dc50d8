"""From the words of a person to the zones of their clock, the likeliest first: "I live near Munich", "UTC+2", "Texas".

Where a name may mean several places, those with more people count for more; and where that leaves two clocks that
differ, the person is asked. Nothing is guessed from a word that names no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reminders.gazetteer import CAPITAL, OTHER_NAME, OWN_NAME, REGION, Gazetteer, clock_of, fold_place

SERIOUS = 0.1
"""Share of the largest place of a name from which another of that name is asked about: Birmingham in Alabama has 0.18
of the one in England, Melbourne in Florida 0.02 of the one in Australia."""
SERIOUS_PART = 0.02
"""The same for the parts of a country: the Canary Islands are 0.04 of Spain, and an hour off."""
NAME_WEIGHTS = {OTHER_NAME: 0.15, OWN_NAME: 1.0, CAPITAL: 3.0}
"""What the kinds of names count: who says Wellington rarely means the one in Florida."""
MILLIONS = 500_000
"""Weight from which a city counts beside a state of its name: Washington does, the towns called Florida do not."""
LIKE = 0.78
"""Least likeness (normalised OSA) for a misspelled name; with five letters one may be wrong."""
MOST = 6
_OFFSET = re.compile(
    r"^(?:utc|gmt|z)?\s*(?P<sign>[+-]|plus |minus )\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?: ?h(?:ours?)?)?$"
)
_FROM = re.compile(r"\bfrom\b.{1,60}?\bto\b", re.IGNORECASE)  # who moved lives where he moved to
_TOO_LONG = 300


@dataclass(frozen=True)
class Zones:
    """What a place's clock may be. `ask`: at least two are likely, or the words were no place but a clock."""

    zones: tuple[str, ...] = ()
    ask: bool = False


NOWHERE = Zones()


def find_zones(text: str, gazetteer: Gazetteer) -> Zones:
    """Find the zones that any text may mean; none if it names no place."""
    text = text[:_TOO_LONG]
    offset = _OFFSET.match(
        " ".join(text.lower().replace("−", "-").replace("–", "-").split())
        .removesuffix(" time")
        .removesuffix(" timezone")
    )
    if offset:
        return _by_offset(offset, gazetteer)
    return _Search(text, gazetteer).zones()


def names_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether some of the words are a name, letter for letter, and lead to no name only."""
    words, short = fold_place(text[:_TOO_LONG]).split(), gazetteer.short
    runs = (" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1))
    return any(
        name in short.aliases or (name not in short.leads | short.nowhere and bool(gazetteer.owners_of(name)))
        for name in runs
    )


def _by_offset(found: re.Match[str], gazetteer: Gazetteer) -> Zones:
    seconds = int(found["hours"]) * 3600 + int(found["minutes"] or 0) * 60
    wanted = -seconds if found["sign"] in ("-", "minus ") else seconds
    weights = {
        zone: weight
        for zone, weight in gazetteer.zone_weights.items()
        if wanted in (clock := clock_of(zone, gazetteer.year)) and (wanted == min(clock) or weight)
    }
    standard = {zone: weight for zone, weight in weights.items() if wanted == min(clock_of(zone, gazetteer.year))}
    zones = _one_each(standard or weights, gazetteer)
    return Zones(zones, len(zones) > 1)


def _one_each(weights: Mapping[str, float], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The heaviest zone of each clock, the heaviest clock first."""
    totals: dict[tuple[float, float], float] = {}
    best: dict[tuple[float, float], str] = {}
    for zone, weight in sorted(weights.items(), key=lambda entry: (-entry[1], entry[0])):
        clock = clock_of(zone, gazetteer.year)
        totals[clock] = totals.get(clock, 0) + weight
        best.setdefault(clock, zone)
    return tuple(best[clock] for clock in sorted(totals, key=lambda clock: -totals[clock]))[:MOST]


class _Search:
    """One text in the course of being looked up."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        text = _FROM.sub(" ", text)
        self._parts = [folded for part in text.split(",") if (folded := fold_place(part))]
        self._folded = fold_place(text)

    def zones(self) -> Zones:
        bare = self._bare(self._folded)
        if not bare or bare in self._gazetteer.short.nowhere or self._folded in self._gazetteer.short.nowhere:
            return NOWHERE
        for find in (self._named, self._qualified, self._inside, self._misspelled):
            found = find(bare)
            if found.zones:
                return found
        return NOWHERE

    def _bare(self, folded: str) -> str:
        """Without the words that lead to a place: "same as london" -> "london"."""
        if self._gazetteer.owners_of(folded) or folded in self._gazetteer.short.aliases:
            return folded
        words, leads = folded.split(), self._gazetteer.short.leads
        while words and words[0] in leads and not self._is_name(words):
            words = words[1:]
        while words and words[-1] in leads and not self._is_name(words):
            words = words[:-1]
        return " ".join(words)

    def _is_name(self, words: list[str]) -> bool:
        return len(words) > 1 and bool(self._gazetteer.owners_of(" ".join(words)))

    def _named(self, name: str) -> Zones:
        """The whole is a zone, a short form, a region or a city."""
        short = self._gazetteer.short
        if "/" in self._gazetteer.keys.get(name, ""):
            return Zones((self._gazetteer.keys[name],))
        zones = short.aliases.get(name) or short.abbreviations.get(name)
        if zones:
            return Zones(zones, len(zones) > 1)
        return self._weighed(self._owners(name))

    def _owners(self, name: str) -> list[tuple[int, int]]:
        is_code = len(name) < 3 and name.isascii()
        found = self._gazetteer.owners_of(name) or self._gazetteer.owners_of(_without_umlauts(name))
        return [(owner, kind) for owner, kind in found if not is_code or owner & REGION]

    def _weighed(self, owners: Iterable[tuple[int, int]], within: int | None = None) -> Zones:
        gazetteer, owners = self._gazetteer, list(owners)
        regions = {owner & ~REGION for owner, _ in owners if owner & REGION}
        is_country = any("/" not in gazetteer.regions[region] for region in regions)
        weights: dict[str, float] = {}
        for region in regions if within is None else ():
            for city in gazetteer.cities_in(region):
                zone = gazetteer.zone_of(city)
                weights[zone] = weights.get(zone, 0) + float(gazetteer.population[city])
        if not is_country:
            for zone, weight in self._cities(owners, within).items():
                if not regions or weight >= MILLIONS:
                    weights[zone] = max(weights.get(zone, 0), weight)
        return self._decided(weights, SERIOUS_PART if regions else SERIOUS)

    def _cities(self, owners: Iterable[tuple[int, int]], within: int | None) -> dict[str, float]:
        weights: dict[str, float] = {}
        for owner, kind in owners:
            if owner & REGION or (within is not None and not self._gazetteer.in_region(owner, within)):
                continue
            zone = self._gazetteer.zone_of(owner)
            people = float(self._gazetteer.population[owner]) + 1
            weights[zone] = max(weights.get(zone, 0), people * NAME_WEIGHTS[kind])
        return weights

    def _decided(self, weights: dict[str, float], serious: float) -> Zones:
        if not weights:
            return NOWHERE
        most = max(weights.values())
        zones = _one_each(
            {zone: weight for zone, weight in weights.items() if weight >= serious * most}, self._gazetteer
        )
        return Zones(zones, len(zones) > 1)

    def _qualified(self, bare: str) -> Zones:
        """A city and where it lies: "Melbourne, Florida", "Lagos Nigeria", "Vancouver BC"."""
        splits = [(self._bare(self._parts[0]), part) for part in reversed(self._parts[1:])]
        words = bare.split()
        splits += [(" ".join(words[:-count]), " ".join(words[-count:])) for count in (1, 2, 3) if len(words) > count]
        for city, place in splits:
            regions = [owner & ~REGION for owner, _ in self._gazetteer.owners_of(place) if owner & REGION]
            for region in regions:
                found = self._weighed(self._owners_in(city), within=region)
                if found.zones:
                    return found
        return NOWHERE

    def _owners_in(self, city: str) -> list[tuple[int, int]]:
        found = self._owners(city)
        if not found and len(city) > 4:
            found = [(owner, OWN_NAME) for owner, _ in self._like(city)]
        return found

    def _inside(self, bare: str) -> Zones:
        """The longest name that stands in the words, if the words around it are no part of another."""
        words = bare.split()
        for length in range(min(4, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                name = " ".join(words[first : first + length])
                if self._is_plausible(name):
                    found = self._named(name)
                    if found.zones:
                        return found
        return NOWHERE

    def _is_plausible(self, name: str) -> bool:
        """Whether a part of a sentence may well be a place: a large one, and no word of plain English."""
        short = self._gazetteer.short
        if name in short.nowhere or name in short.leads or len(name) < 3:
            return False
        owners = self._gazetteer.owners_of(name)
        large = any(
            owner & REGION or self._gazetteer.population[owner] >= 50_000
            for owner, kind in owners
            if kind or owner & REGION
        )
        return (
            large
            or name in short.aliases
            or (
                len(name) > 5
                and any(self._gazetteer.population[owner] >= 300_000 for owner, _ in owners if not owner & REGION)
            )
        )

    def _misspelled(self, bare: str) -> Zones:
        """The largest place among those that are spelled most alike."""
        words = bare.split()
        if len(bare) < 5 or len(words) > 4 or not any(sign.isalpha() for sign in bare):
            return NOWHERE
        for piece in dict.fromkeys([bare, *(word for word in reversed(words) if len(word) > 5)]):
            found = self._like(piece)
            if found:
                return self._weighed([(found[0][0], OWN_NAME)])
        return NOWHERE

    def _like(self, name: str) -> list[tuple[int, float]]:
        gazetteer = self._gazetteer
        found = process.extract(name, gazetteer.names, scorer=OSA.normalized_similarity, score_cutoff=LIKE, limit=12)
        ranked = [(int(gazetteer.spelling_owners[at]), score) for _, score, at in found]
        return sorted(ranked, key=lambda entry: -entry[1] - self._size(entry[0]))

    def _size(self, owner: int) -> float:
        """What the size of a place adds to its likeness: much for a country or a city of millions."""
        people = 20_000_000 if owner & REGION else int(self._gazetteer.population[owner])
        return float(min(people, 10_000_000) ** 0.25 / 56 * 0.15)


def _without_umlauts(name: str) -> str:
    return re.sub(r"([aou])e", r"\1", name)
