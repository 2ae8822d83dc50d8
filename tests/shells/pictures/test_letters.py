from collections.abc import Iterator

import pytest

from bot.dialogue.knowledge import Knowledge
from bot.shells.pictures import letters
from bot.shells.pictures.letters import BODY, LABEL, SMALLEST, TITLE, PictureError, Style, fitted, font_of, width_of

STYLES = [value for value in vars(letters).values() if isinstance(value, Style)]
SAMPLE = "Directs calcium into bone and helps prevent its deposition in arteries."


def shown_texts(know: Knowledge) -> Iterator[str]:
    for passage in know.article.passages.values():
        yield from (passage.text, passage.section, passage.label, *passage.columns)
    yield from ("–", "’", "“", "”", "∞", "→", "›", "·", "β", "α")


@pytest.mark.parametrize("style", [BODY, LABEL], ids=["regular", "semibold"])
def test_the_fonts_have_every_character_of_the_article(know: Knowledge, style: Style) -> None:
    font = font_of(style)
    unknown = bytes(font.getmask("\uffff"))
    characters = {character for text in shown_texts(know) for character in text if not character.isspace()}
    assert len(characters) > 70
    assert [character for character in characters if bytes(font.getmask(character)) == unknown] == []


def test_no_style_is_too_small_to_read_on_a_phone() -> None:
    assert len(STYLES) >= 6
    assert min(style.size for style in STYLES) == SMALLEST
    assert all(style.leading >= 1.2 * style.size for style in STYLES)


@pytest.mark.parametrize("width", [300, 500, 740, 2000])
@pytest.mark.parametrize("even", [False, True])
def test_lines_fit_and_hold_all_words(width: float, even: bool) -> None:
    text = fitted(SAMPLE, BODY, width, even=even)
    assert " ".join(text.lines) == SAMPLE
    assert text.width <= width
    assert max(width_of(line, BODY) for line in text.lines) == text.width
    assert text.height == len(text.lines) * BODY.leading


def test_even_lines_are_as_many_and_no_longer() -> None:
    loose, even = fitted(SAMPLE, TITLE, 900), fitted(SAMPLE, TITLE, 900, even=True)
    assert len(even.lines) == len(loose.lines)
    assert even.width <= loose.width


def test_a_word_wider_than_its_place_is_refused() -> None:
    with pytest.raises(PictureError, match=r'"arteries.*" of "in arteries." is wider than its place'):
        fitted("in arteries.", TITLE, 100)
