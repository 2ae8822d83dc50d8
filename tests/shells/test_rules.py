import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.matching.gate import SIGNS
from bot.shells.library import data_folder
from bot.shells.rules import FEWEST_MUST, Rules, load_rules
from bot.shells.yamlfile import Problem

FILES = ("guards.yaml", "urgent.yaml", "levels.yaml", "followups.yaml", "calibration.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules that a test may spoil."""
    folder = tmp_path / "intents"
    folder.mkdir()
    for name in FILES:
        shutil.copy(data_folder("intents") / name, folder)
    return folder


def loaded(folder: Path) -> tuple[Rules | None, list[str]]:
    problems: list[Problem] = []
    rules = load_rules(folder, problems)
    return rules, [str(problem) for problem in problems]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_rules_of_the_project_have_no_problem() -> None:
    rules, problems = loaded(data_folder("intents"))
    assert (rules is None, problems) == (False, [])


def test_the_speller_is_told_the_words_of_all_rules(folder: Path) -> None:
    rules, _ = loaded(folder)
    assert rules
    assert {"raloxifene", "chest", "simpler", "previous", "dosage"} <= rules.words


def test_every_sign_that_has_a_weight_is_one(folder: Path) -> None:
    rules, _ = loaded(folder)
    assert rules
    assert set(rules.calibration.weights) | set(rules.lexical_calibration.weights) <= set(SIGNS)


def test_every_kind_of_emergency_is_held_to_enough_messages(folder: Path) -> None:
    rules, _ = loaded(folder)
    assert rules
    for rule in rules.urgent.rules:
        assert min(len(rule.alarming), len(rule.must_not_fire)) >= FEWEST_MUST, rule.id


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("a: [")])
def test_a_file_that_cannot_be_read_is_told_and_the_rules_are_none(
    folder: Path, name: str, spoil: Callable[[Path], object]
) -> None:
    spoil(folder / name)
    rules, problems = loaded(folder)
    assert rules is None
    assert [problem.split(":")[0] for problem in problems] == [f"intents/{name}"]


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("name", "key", "pattern", "told"),
    [
        ("guards.yaml", "  dose:\n", "dose of <drug>", "there is no list <drug>; there are "),
        ("levels.yaml", "simpler:\n", "(please)", '"(please)" fits any text'),
        ("followups.yaml", "  why:\n", "why?", '"why?" means nothing here'),
        ("urgent.yaml", "unless:\n", "dont worry", '"dont" is never found; write "do not"'),
    ],
)
def test_a_pattern_that_cannot_be_read_is_told_with_its_line(
    folder: Path, name: str, key: str, pattern: str, told: str
) -> None:
    change(folder / name, f"\n{key}", f"\n{key}    - {pattern}\n" if key.startswith(" ") else f"\n{key}  - {pattern}\n")
    rules, problems = loaded(folder)
    assert (rules, len(problems)) == (None, 1)
    place = f"intents/{name}:{line_of(folder / name, f'- {pattern}')}"
    assert problems[0].startswith(f'{place}: pattern "{pattern}": {told}')


def test_all_patterns_that_cannot_be_read_are_told_at_once(folder: Path) -> None:
    for name, key in (("guards.yaml", "  dose:\n"), ("followups.yaml", "  why:\n")):
        change(folder / name, f"\n{key}", f"\n{key}    - (one)\n    - <two>\n")
    _, problems = loaded(folder)
    assert [problem.split(":")[0] for problem in problems] == ["intents/guards.yaml"] * 2 + [
        "intents/followups.yaml"
    ] * 2


def test_a_guard_that_nobody_knows_is_told(folder: Path) -> None:
    change(folder / "guards.yaml", "\n  dose:\n", "\n  doze:\n")
    _, problems = loaded(folder)
    assert any("doze" in problem for problem in problems)


def test_a_threshold_that_is_no_share_is_told(folder: Path) -> None:
    change(folder / "calibration.yaml", "refuse_below: ", "refuse_below: 7")
    _, problems = loaded(folder)
    assert any("refuse_below is 7" in problem for problem in problems)


def test_too_few_messages_for_an_emergency_are_told(folder: Path) -> None:
    (folder / "urgent.yaml").write_text(
        "lists: {}\nunless: []\nother_languages: {}\nrules:\n  fall:\n    alarm: urgent\n    patterns: [fell]\n"
        "    must_fire: [i fell]\n    must_not_fire: [the leaves fell]\n",
        encoding="utf-8",
    )
    _, problems = loaded(folder)
    assert any("at least 15" in problem for problem in problems)
