from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from bot.shells.yamlfile import FileModel, Problem, YamlFile, read_text, shown_path

GOOD = """\
# A nap.
name: nap
minutes: 20
tips:
  - "lie down"
  - "wake up"
"""


class Nap(FileModel):
    name: str
    minutes: Annotated[int, Field(le=90)]
    tips: list[str] = []  # noqa: RUF012 - pydantic copies it


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "intents").mkdir()
    return tmp_path / "intents" / "nap.yaml"


def parsed(path: Path, text: str | bytes) -> tuple[Nap | None, list[str]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems: list[Problem] = []
    nap = YamlFile(path).parse(Nap, problems)
    return nap, [str(problem) for problem in problems]


def test_a_file_of_the_right_shape_is_a_model(path: Path) -> None:
    assert parsed(path, GOOD) == (Nap(name="nap", minutes=20, tips=["lie down", "wake up"]), [])


def test_a_problem_stands_on_the_line_of_its_key(path: Path) -> None:
    path.write_text(GOOD)
    file = YamlFile(path)
    told = [str(file.problem("wrong", *place)) for place in (("name",), ("tips", 1), ("tips",), ())]
    assert told == [f"intents/nap.yaml:{line}: wrong" for line in (2, 6, 5, 2)]


def test_a_place_that_is_not_there_is_told_as_near_as_it_can_be(path: Path) -> None:
    path.write_text(GOOD)
    assert [YamlFile(path).problem("wrong", "tips", at).line for at in (9, "no")] == [5, 5]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: nap\n", "intents/nap.yaml:1: minutes is missing"),
        (GOOD + "bed: soft\n", "intents/nap.yaml:7: bed is not a key that is known here"),
        (GOOD.replace("20", "2000"), "intents/nap.yaml:3: minutes is 2000: Input should be less than or equal to 90"),
        (
            GOOD.replace("20", '"long"'),
            "intents/nap.yaml:3: minutes is 'long': Input should be a valid integer, unable to",
        ),
        (GOOD + "name: again\n", 'intents/nap.yaml:7: this is no valid YAML: the key "name" stands twice'),
        (
            GOOD + "  - [\n",
            "intents/nap.yaml:8: this is no valid YAML: did not find expected node content",
        ),
        ("", "intents/nap.yaml: the file is None: Input should be a valid dictionary or instance of Nap"),
        (b"\xff\xfe", "intents/nap.yaml: the file is not UTF-8; save it as UTF-8"),
        (b"name: \x07", "intents/nap.yaml: this is no valid YAML: control characters are not allowed"),
    ],
)
def test_a_fault_is_told_with_its_place(path: Path, text: str | bytes, problem: str) -> None:
    nap, problems = parsed(path, text)
    assert (nap, len(problems)) == (None, 1)
    assert problems[0].startswith(problem)


def test_all_faults_of_the_shape_are_told_at_once(path: Path) -> None:
    _, problems = parsed(path, "minutes: x\ntips: [1]\nbed: soft\n")
    assert sorted(problem.split(": ")[1].split(" is ")[0] for problem in problems) == [
        "bed",
        "minutes",
        "name",
        "tips.0",
    ]


def test_a_long_value_is_cut_in_what_is_told(path: Path) -> None:
    _, (problem,) = parsed(path, f"name: nap\nminutes: {'x' * 500}\n")
    assert "x" * 50 in problem
    assert len(problem) < 250


def test_a_key_that_cannot_be_one_is_no_crash(path: Path) -> None:
    _, problems = parsed(path, "? [a, b]\n: 3\n? [a, b]\n: 4\n")
    assert len(problems) == 1


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    problems: list[Problem] = []
    assert YamlFile(path).parse(Nap, problems) is None
    assert [str(problem) for problem in problems] == [
        "intents/nap.yaml: the file cannot be read (No such file or directory)"
    ]
    assert YamlFile(path).problem("wrong", "name").line is None


def test_a_text_is_read_with_its_fault(path: Path) -> None:
    path.write_text("β")
    assert (read_text(path), read_text(path.parent)[0]) == (("β", ""), "")
    assert "cannot be read" in read_text(path.parent)[1]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/ann/osteon/intents/topics/nap.yaml", "intents/topics/nap.yaml"),
        ("/srv/content/article/academic.md", "content/article/academic.md"),
        ("/srv/texts/nap.yaml", "/srv/texts/nap.yaml"),
    ],
)
def test_a_file_is_called_as_authors_know_it(path: str, shown: str) -> None:
    assert shown_path(Path(path)) == shown
