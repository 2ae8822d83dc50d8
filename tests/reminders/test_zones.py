import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.command import Action, Command
from bot.reminders.gazetteer import Gazetteer, fold_place
from bot.reminders.homes import home_in
from bot.reminders.zones import NOWHERE, Zones, find_zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("I live near Munich", "Europe/Berlin"),
        ("same as my daughter in Leeds", "Europe/London"),
        ("Glascow", "Europe/London"),
        ("Suomi", "Europe/Helsinki"),
        ("東京", "Asia/Tokyo"),
        ("Paris, Texas", "America/Chicago"),
        ("London Ontario", "America/Toronto"),
        ("U.K.", "Europe/London"),
        ("I moved from Berlin to Madrid", "Europe/Madrid"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("UTC+5:45", "Asia/Kathmandu"),
        ("wellington", "Pacific/Auckland"),
    ],
)
def test_a_place_has_its_zone(gazetteer: Gazetteer, text: str, zone: str) -> None:
    assert find_zones(text, gazetteer) == Zones((zone,))


@pytest.mark.parametrize("text", ["Springfield", "Georgia", "Canada", "IST", "EST", "UTC+2", "GMT", "Washington"])
def test_where_clocks_may_differ_the_person_is_asked(gazetteer: Gazetteer, text: str) -> None:
    found = find_zones(text, gazetteer)
    assert found.ask
    assert len(found.zones) > 1


@pytest.mark.parametrize("text", ["", "???", "home", "Europe", "no", "I don't know", "12345", "my house", "+99:99"])
def test_what_names_no_place_finds_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert find_zones(text, gazetteer) == NOWHERE


def test_an_offset_never_finds_the_zones_whose_sign_is_turned_round(gazetteer: Gazetteer) -> None:
    for hours in range(-11, 13):
        assert not any(zone.startswith("Etc/") for zone in find_zones(f"GMT{hours:+d}", gazetteer).zones)


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_looked_up(gazetteer: Gazetteer, text: str) -> None:
    found = find_zones(text, gazetteer)
    assert len(found.zones) > 1 or not found.ask


def test_names_are_folded_to_letters_and_blanks() -> None:
    assert fold_place("  St. John's,  Köln-Łódź ") == "st johns koln lodz"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("I moved to Spain", "spain"),
        ("We've just moved to New York.", "new york"),
        ("we have moved from London to Madrid last month", "madrid"),
        ("hi, I have moved to Cambridge, Massachusetts", "cambridge massachusetts"),
        ("my time zone is Berlin", "berlin"),
        ("My timezone should be Europe/Lisbon please", "europe lisbon"),
        ("My time zone is UTC+2", "utc+2"),
        ("we moved to the UK", "the uk"),
        ("I live in Lisbon now", "lisbon"),
        ("I'm in Tokyo now", "tokyo"),
    ],
)
def test_who_says_that_they_live_elsewhere_now_wants_another_zone(text: str, place: str, gazetteer: Gazetteer) -> None:
    assert home_in(text, lambda: gazetteer) == Command(Action.CHANGE, place=place)


@pytest.mark.parametrize(
    "text",
    [
        "I moved to tablets",
        "I have moved to a care home",
        "we moved to my daughter's",
        "my mother moved to Spain",
        "I live in Lisbon",
        "I moved to Spain, is the sun enough for vitamin D?",
        "I moved to Spain and eat more fish",
        "I am in pain now",
        "I'm moving to Japan next month",
        "I moved to Rome please stop",
        "my time zone is no longer London",
        "we are in Spain now until March",
        "I moved to brazil nuts",
        "I moved to yoga",
    ],
)
def test_where_somebody_is_says_nothing_of_the_reminders_otherwise(text: str, gazetteer: Gazetteer) -> None:
    assert home_in(text, lambda: gazetteer) is None
