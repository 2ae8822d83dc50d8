"""Addresses and their QR codes."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno

from bot.dialogue.knowledge import Knowledge
from bot.errors import SettingsError
from bot.shells.leaflet import check_target, checked_username, print_link
from bot.shells.tgbot.links import intent_of, link_to

URL = "https://t.me/osteon_bot?start=vitamin-k2__foods"


def test_every_intent_and_every_topic_has_an_address_that_leads_back_to_it(know: Knowledge) -> None:
    for target in (*know.intents, *know.catalogue.topics):
        assert check_target(target, know.catalogue) == target
        payload = link_to("osteon_bot", target).removeprefix("https://t.me/osteon_bot?start=")
        assert len(payload) <= 64
        topic = know.catalogue.topics.get(target)
        assert intent_of(payload, know) == (target if target in know.intents else topic and topic.intents[0].id)


def test_without_a_target_the_address_is_the_bots_own(know: Knowledge) -> None:
    assert link_to("osteon_bot", check_target("", know.catalogue)) == "https://t.me/osteon_bot"


def test_a_wrong_id_is_answered_with_the_nearest_ones(know: Knowledge) -> None:
    with pytest.raises(SettingsError, match=r'no topic "vitamn-k2/fods". Did you mean vitamin-k2/foods or '):
        check_target("vitamn-k2/fods", know.catalogue)
    with pytest.raises(SettingsError, match="The folder intents/topics has all of them"):
        check_target("zzzz", know.catalogue)


def test_a_name_is_read_with_and_without_its_sign() -> None:
    assert checked_username("@osteon_bot") == checked_username("osteon_bot") == "osteon_bot"
    with pytest.raises(SettingsError, match=r"--username is 't\.me/osteon_bot'"):
        checked_username("t.me/osteon_bot")


def test_the_code_stands_below_its_address_and_on_paper_too(tmp_path: Path) -> None:
    svg, png = tmp_path / "k2.svg", tmp_path / "k2.png"
    url, *drawn, first, second = print_link(URL, svg=svg, png=png)
    assert url == URL
    modules = segno.make(URL, error="m", micro=False).symbol_size(border=4)[0]
    assert {len(line) for line in drawn} == {modules}
    assert {first, second} == {f"Wrote {svg}.", f"Wrote {png}."}
    assert svg.read_bytes().startswith(b"<?xml")
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "none" / "k2.svg"
    with pytest.raises(SettingsError, match=r"k2\.svg cannot be written \(No such file or directory\)"):
        list(print_link(URL, svg=wrong, png=None))
