"""The pictures as drawn: whole, small, readable, and the document's."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.corpus.pictures import Phrase, Picture
from bot.dialogue.knowledge import Knowledge
from bot.shells.pictures.canvas import MARGIN, TALLEST, WIDTH
from bot.shells.pictures.colours import PALETTES, Theme
from bot.shells.pictures.draw import check_drawings, draw_picture, write_pictures
from bot.shells.pictures.letters import PictureError
from bot.shells.pictures.version import version_of

IDS = ("nutrient-table", "exercise-table", "remodeling-cycle", "signals")


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def with_words(picture: Picture, place: str, words: str) -> Picture:
    phrase = Phrase(words, picture.words[place].passage)
    return replace(picture, words={**picture.words, place: phrase})


def test_these_are_the_pictures(know: Knowledge) -> None:
    assert tuple(know.pictures) == IDS


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("id_", IDS)
def test_a_picture_is_what_telegram_and_a_phone_can_show(know: Knowledge, id_: str, theme: Theme) -> None:
    png = draw_picture(know.pictures[id_], theme)
    image = opened(png)
    assert len(png) <= 300_000
    assert image.width == WIDTH
    assert image.height <= TALLEST * WIDTH
    assert image.width + image.height <= 10_000


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("id_", IDS)
def test_nothing_is_drawn_on_the_margins(know: Knowledge, id_: str, theme: Theme) -> None:
    image = opened(draw_picture(know.pictures[id_], theme))
    ground = Image.new("RGB", (MARGIN - 8, image.height), PALETTES[theme].ground)
    for left in (0, WIDTH - MARGIN + 8):
        strip = image.crop((left, 0, left + ground.width, image.height))
        assert max(abs(a - b) for a, b in zip(strip.tobytes(), ground.tobytes(), strict=True)) <= 6


def test_the_same_words_give_the_same_bytes_and_other_words_others(know: Knowledge) -> None:
    picture = know.pictures["signals"]
    other = with_words(picture, "title", "The convergence of pathways")
    assert draw_picture(picture) == draw_picture(picture) != draw_picture(other)
    assert version_of(picture) == version_of(replace(picture)) != version_of(other)


@pytest.mark.parametrize(
    ("id_", "place", "words", "told"),
    [
        ("remodeling-cycle", "clear", "clearing away old bone " * 6, "too tall"),
        ("remodeling-cycle", "build", "create " + "m" * 18, "wider than its place"),
        ("remodeling-cycle", "key_formation", "formation of new, fresh bone", "the key is too wide"),
        ("remodeling-cycle", "key_formation", "formation of bone " * 5, "takes 2 lines where 1 fit"),
        ("signals", "second_does", "word " * 300, "taller than 2376 pixels"),
        ("signals", "second_does", "word " * 90, "taller than 2376 pixels"),
    ],
)
def test_words_that_do_not_fit_are_refused_and_told(
    know: Knowledge, id_: str, place: str, words: str, told: str
) -> None:
    picture = with_words(know.pictures[id_], place, words.strip())
    with pytest.raises(PictureError, match=told):
        draw_picture(picture)
    (problem,) = check_drawings([picture])
    assert problem.startswith(f'content/pictures.yaml: picture "{id_}": ')


def test_the_project_s_pictures_can_be_drawn(know: Knowledge) -> None:
    assert list(check_drawings(know.pictures.values())) == []


def test_an_author_gets_all_pictures_in_a_folder(know: Knowledge, tmp_path: Path) -> None:
    written = list(write_pictures(know.pictures.values(), tmp_path / "new"))
    assert sorted(path.name for path in written) == sorted(f"{id_}-{theme}.png" for id_ in IDS for theme in Theme)
    assert all(path.stat().st_size for path in written)


def test_a_folder_that_cannot_be_made_is_told(know: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PictureError, match=r"cannot be written .*; name another folder"):
        list(write_pictures(know.pictures.values(), tmp_path / "file"))
