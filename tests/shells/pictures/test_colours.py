import pytest

from bot.shells.pictures.colours import PALETTES, Theme, contrast, mixed

LETTERS = 4.5
"""WCAG 2.2, level AA, for letters of any size; marks need 3."""


@pytest.mark.parametrize("theme", list(Theme))
def test_every_ink_can_be_read_on_every_ground(theme: Theme) -> None:
    pairs = PALETTES[theme].pairs
    assert len(pairs) == 36
    assert [pair for pair in pairs if contrast(*pair) < LETTERS] == []


@pytest.mark.parametrize("theme", list(Theme))
def test_an_arrow_that_changes_its_colour_is_seen_all_the_way(theme: Theme) -> None:
    palette = PALETTES[theme]
    way = [mixed(palette.amber.strong, palette.teal.strong, share / 10) for share in range(11)]
    assert min(contrast(colour, palette.ground) for colour in way) >= LETTERS


def test_contrast_is_wcag_s() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#ffffff", "#ffffff") == 1
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
