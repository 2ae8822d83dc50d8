import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.corpus.models import Article
from bot.corpus.pictures import Picture
from bot.dialogue.knowledge import Knowledge
from bot.shells.content import load_article
from bot.shells.library import data_folder
from bot.shells.picture_words import load_pictures
from bot.shells.yamlfile import Problem

Load = Callable[..., tuple[dict[str, Picture], list[str]]]


@pytest.fixture
def load(tmp_path: Path, know: Knowledge) -> Load:
    """Reads the project's pictures after one change to the file and one to a tier."""

    def loaded(old: str = "", new: str = "", *, tier: tuple[str, str, str] = ("academic.md", "", "")) -> tuple[dict[str, Picture], list[str]]:  # noqa: E501 # fmt: skip
        folder = Path(shutil.copytree(data_folder("content"), tmp_path / "content"))
        change(folder / "pictures.yaml", old, new)
        change(folder / "article" / tier[0], *tier[1:])
        problems: list[Problem] = []
        pictures = load_pictures(folder, load_article(folder).article, know.intents, problems)
        return pictures, [str(problem) for problem in problems]

    return loaded


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(text: str) -> int:
    lines = (data_folder("content") / "pictures.yaml").read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_every_word_of_every_picture_stands_in_the_article(know: Knowledge) -> None:
    article: Article = know.article
    for picture in know.pictures.values():
        for phrase in picture.words.values():
            passage = article.passages[phrase.passage.id]
            assert phrase.text in passage.text or phrase.text == passage.section
        for row in picture.rows:
            assert row.passage == article.passages[row.passage.id]


def test_the_tables_are_whole(know: Knowledge) -> None:
    shown = {row.passage.id for picture in know.pictures.values() for row in picture.rows}
    assert shown == {passage.id for passage in know.article.passages.values() if passage.is_row}


def test_what_a_picture_shows_is_in_its_caption(know: Knowledge) -> None:
    """Who cannot see it is told no less; a caption has no room for what only leads up to the matter."""
    for picture in know.pictures.values():
        told = " ".join(excerpt.text for excerpt in picture.caption).lower()
        missing = {place for place, phrase in picture.words.items() if phrase.text.lower() not in told}
        assert missing <= {"title", "lead", "cycle", "key_formation"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("strong, healthy bone", "strong bone", 'strong bone" does not stand in osteoblasts-balance:1-1'),
        ('{of: "estrogen-brake:3"}', '{of: "estrogen-break:3"}', 'Did you mean "estrogen-brake"?'),
        ('{of: "estrogen-brake:3"}', '{of: "estrogen-brake:9"}', 'passage "estrogen-brake" has sentences 1 to 4'),
        ("    key_brake:", "    key_break:", 'a cycle has no place "key_break". Did you mean "key_brake"?'),
        ("    key_brake:", "    key_break:", 'a cycle has words for "key_brake"; write them'),
        ("    - nutrients/table\n", "    - nutrients/tables\n", 'Did you mean "nutrients/table"?'),
        ("of: row-protein", "of: protein", '"protein" is no row of the same table'),
        ("of: row-protein", "of: row-resistance", '"row-resistance" is no row of the same table'),
        ("icon: fish", "icon: whale", "rows.4.icon is 'whale'"),
        ("marks: [bone, fork]", "marks: [bone]", "the table has 3 columns; write 2 marks"),
        ('caption: ["remodeling:4"', 'caption: [inflammaging, "remodeling:4"', "and Telegram takes 1024; quote less"),
        ("nutrient-table:", "Nutrient table:", "String should match pattern"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(load: Load, old: str, new: str, told: str) -> None:
    _, problems = load(old, new)
    (problem,) = [problem for problem in problems if told in problem]
    assert problem.startswith("content/pictures.yaml:")
    assert problem.split(":")[1].isdigit()


def test_the_line_is_that_of_the_phrase(load: Load) -> None:
    _, problems = load('"create fresh, strong, healthy bone"', '"create old bone"')
    assert [problem.split(":")[1] for problem in problems] == [str(line_of("    build:"))]


def test_a_passage_that_changes_fails_the_phrase_that_was_copied_from_it(load: Load) -> None:
    _, problems = load(tier=("fundamentals.md", "fresh, strong, healthy bone", "fresh, sound, healthy bone"))
    assert ['"create fresh, strong, healthy bone" does not stand in' in problem for problem in problems] == [True]


def test_what_is_shown_whole_changes_with_its_passage(load: Load) -> None:
    pictures, problems = load(tier=("intermediate.md", "egg yolks, liver", "egg yolks, lentils"))
    assert problems == []
    assert "lentils" in pictures["nutrient-table"].rows[2].passage.text
    assert "lentils" in pictures["nutrient-table"].alt_text


def test_a_missing_file_is_told_alone(tmp_path: Path, know: Knowledge) -> None:
    problems: list[Problem] = []
    assert load_pictures(tmp_path / "content", know.article, know.intents, problems) == {}
    assert [str(problem) for problem in problems] == [
        "content/pictures.yaml: the file cannot be read (No such file or directory)"
    ]
