from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.corpus.models import Article, Tier
from bot.matching.intents import Catalogue
from bot.reminders.streams import Stream
from bot.shells.catalogue import load_catalogue
from bot.shells.content import load_article
from bot.shells.library import data_folder
from bot.shells.themes import load_themes
from bot.shells.yamlfile import Problem

GAP = {"fundamentals": "gap", "intermediate": "gap", "academic": "gap"}


@pytest.fixture(scope="module")
def article() -> Article:
    return load_article(data_folder("content")).article


@pytest.fixture(scope="module")
def catalogue(article: Article) -> Catalogue:
    return load_catalogue(data_folder("intents"), article).catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def theme(**changed: Any) -> dict[str, Any]:
    whole = {"id": "walk", "title": "Walking", "why": "weight-bearing/how"}
    return whole | {"passages": [shows("row-weight-bearing:1-2"), shows("row-weight-bearing:3")]} | changed


def shows(*pointers: str, tier: str = "intermediate") -> dict[str, Any]:
    return {**GAP, tier: list(pointers)}


def jumps(**changed: Any) -> dict[str, Any]:
    whole = {
        "id": "jumps",
        "title": "Jumps",
        "why": "high-impact/caution",
        "needs": {"caution": ["row-high-impact:1-2"]},
        "only_one": "The article has one row on it.",
        "passages": [shows("row-high-impact:3")],
    }
    return whole | changed


def food() -> dict[str, Any]:
    passages = [shows("row-calcium:1-2"), shows("row-calcium:3")]
    return {"id": "calcium", "title": "Calcium", "why": "calcium/role", "passages": passages}


def told(folder: Path, article: Article, catalogue: Catalogue, *exercise: Any, **streams: Any) -> list[str]:
    problems: list[Problem] = []
    data = {"exercise": list(exercise), "nutrition": [food()]} | streams
    (folder / "themes.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    load_themes(folder, article, catalogue, problems)
    return [str(problem) for problem in problems]


def test_the_themes_of_the_project_have_no_problem_and_enough_to_turn_through(
    article: Article, catalogue: Catalogue
) -> None:
    problems: list[Problem] = []
    themes = load_themes(data_folder("content"), article, catalogue, problems)
    everybody = [theme for theme in themes if not theme.needs_opt_in]
    assert problems == []
    assert sum(theme.stream == Stream.EXERCISE for theme in everybody) >= 3
    assert sum(theme.stream == Stream.NUTRITION for theme in everybody) >= 7
    assert [theme.id for theme in themes if theme.needs_opt_in] == ["high-impact"]


def test_a_file_becomes_themes_in_its_order(folder: Path, article: Article, catalogue: Catalogue) -> None:
    assert told(folder, article, catalogue, theme(), jumps()) == []
    walk, jump, calcium = load_themes(folder, article, catalogue, [])
    assert (walk.stream, jump.stream, calcium.stream) == (Stream.EXERCISE, Stream.EXERCISE, Stream.NUTRITION)
    assert [passage.id for passage in walk.passages] == ["walk/1", "walk/2"]
    assert list(walk.passages[0].excerpts) == [Tier.INTERMEDIATE]
    assert (walk.needs_opt_in, jump.needs_opt_in) == (False, True)
    assert str(jump.caution[0]) == "row-high-impact:1-2"


WALKS = "row-weight-bearing:3"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"passages": [shows("row-weight-bear:1-2"), shows(WALKS)]},
            ':8: excerpt "row-weight-bear:1-2": there is no passage "row-weight-bear". Did you mean "row-weight-b',
        ),
        (
            {"passages": [shows("row-weight-bearing:9"), shows(WALKS)]},
            'passage "row-weight-bearing" has sentences 1 to 3',
        ),
        (
            {"passages": [shows("row-resistance", tier="academic"), shows(WALKS)]},
            'theme "walk": excerpt "row-resistance:1-3" is from Intermediate; write it there, and "gap" here',
        ),
        ({"passages": [GAP, shows(WALKS)]}, "passage 1 shows nothing at any level; write an excerpt"),
        (
            {"passages": [{"fundamentals": "gap", "intermediate": [WALKS]}, shows("row-weight-bearing:1")]},
            "academic is missing",
        ),
        (
            {"passages": [shows(WALKS)]},
            'theme "walk": it has one passage; write another, or say under only_one why the article has none',
        ),
        ({"only_one": "Why not."}, "it has several passages; take only_one out"),
        (
            {"passages": [shows("row-weight-bearing"), shows(WALKS)]},
            "at fundamentals, passage 2 shows what walk/1 shows; let it show something else",
        ),
        (
            {"why": "weight-bearing/howe"},
            'there is no intent "weight-bearing/howe". Did you mean "weight-bearing/how"?',
        ),
        ({"title": "x" * 65}, "at most 64 characters"),
        ({"id": "a walk"}, "String should match pattern"),
        (
            {"passages": [shows("cross-talk", "vdr-era", tier="academic"), shows(WALKS)]},
            "characters are too much for a reminder; at most 1000",
        ),
        ({"color": "white"}, "color is not a key that is known here"),
        (
            {"passages": [shows("row-high-impact:3"), shows(WALKS)]},
            "passage 1 names high-impact exercise; write the article's caution under needs",
        ),
        (
            {"passages": [shows("wnt-loading:1", tier="academic"), shows(WALKS)]},
            "passage 1 names high-impact exercise",
        ),
        ({"title": "Jumping"}, "passage 1 names high-impact exercise"),
    ],
)
def test_a_fault_is_told_with_file_line_and_remedy(
    folder: Path, article: Article, catalogue: Catalogue, changed: dict[str, Any], problem: str
) -> None:
    problems = told(folder, article, catalogue, theme(**changed))
    assert any(problem in line for line in problems), problems
    assert all(line.startswith("content/themes.yaml:") and line.split(":")[1].isdecimal() for line in problems)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"needs": {"caution": ["row-resistance:1-2"]}},
            "what stands under needs is no caution; point to the sentence",
        ),
        ({"needs": {"caution": []}}, "List should have at least 1 item"),
        ({"why": "high-impact/how"}, '"high-impact/how" does not show the caution at academic; lead to one that does'),
    ],
)
def test_high_impact_exercise_goes_nowhere_without_the_article_s_caution(
    folder: Path, article: Article, catalogue: Catalogue, changed: dict[str, Any], problem: str
) -> None:
    problems = told(folder, article, catalogue, theme(), jumps(**changed))
    assert any(problem in line for line in problems), problems


def test_a_stream_needs_a_theme_for_everybody(folder: Path, article: Article, catalogue: Catalogue) -> None:
    (problem,) = told(folder, article, catalogue, jumps())
    assert "no theme of exercise can be shown to everybody; write one without needs" in problem
    assert "no theme of nutrition" in "".join(told(folder, article, catalogue, theme(), nutrition=[]))


def test_an_unknown_stream_is_told(folder: Path, article: Article, catalogue: Catalogue) -> None:
    (problem,) = told(folder, article, catalogue, theme(), sleep=[food()])
    assert "sleep" in problem
    assert "'exercise' or 'nutrition'" in problem


def test_two_themes_of_one_name_are_told_once_across_streams(
    folder: Path, article: Article, catalogue: Catalogue
) -> None:
    problems = told(folder, article, catalogue, theme(id="calcium"))
    assert [line.split(": ", 1)[1] for line in problems] == ['there are two themes "calcium"; give one another id']


def test_two_themes_that_show_just_the_same_are_told(folder: Path, article: Article, catalogue: Catalogue) -> None:
    other = theme(id="stroll", passages=[shows(WALKS), shows("form-follows-function:2")])
    (problem,) = told(folder, article, catalogue, theme(), other)
    assert "passage 1 shows what walk/2 shows" in problem


def test_a_missing_file_is_told(folder: Path, article: Article, catalogue: Catalogue) -> None:
    problems: list[Problem] = []
    assert load_themes(folder, article, catalogue, problems) == ()
    assert [str(problem) for problem in problems] == [
        "content/themes.yaml: the file cannot be read (No such file or directory)"
    ]
