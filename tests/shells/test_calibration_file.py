from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.matching.gate import Calibration
from bot.shells.calibration import save_calibration
from bot.shells.library import data_folder
from bot.shells.rules import load_rules
from bot.shells.yamlfile import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules, without the topics, which are not needed here."""
    for path in data_folder("intents").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def _fitted(folder: Path) -> Calibration:
    return replace(_loaded(folder)[0], offset=-0.25, weights={"joint": 0.5, "words": 4.25}, refuse_below=0.125)


def _loaded(folder: Path) -> tuple[Calibration, Calibration]:
    problems: list[Problem] = []
    rules = load_rules(folder, problems)
    assert not problems
    assert rules
    return rules.calibration, rules.lexical_calibration


def test_what_was_saved_is_loaded_again(folder: Path) -> None:
    fitted = _fitted(folder)
    assert save_calibration(folder, fitted, with_encoder=True) == folder / "calibration.yaml"
    assert _loaded(folder)[0] == fitted


def test_the_other_block_is_kept(folder: Path) -> None:
    fitted, (with_encoder, _) = _fitted(folder), _loaded(folder)
    save_calibration(folder, fitted, with_encoder=False)
    assert _loaded(folder) == (with_encoder, fitted)


def test_the_file_says_who_wrote_it_and_no_other_file_is_left(folder: Path) -> None:
    before = sorted(folder.iterdir())
    path = save_calibration(folder, _fitted(folder), with_encoder=True)
    assert path.read_text(encoding="utf-8").startswith("# Written by `osteon calibrate`.\nwith_encoder:\n")
    assert sorted(folder.iterdir()) == before


def test_a_broken_file_is_left_alone_and_named(folder: Path) -> None:
    fitted = _fitted(folder)
    path = folder / "calibration.yaml"
    path.write_text("with_encoder: 1\n", encoding="utf-8")
    with pytest.raises(ContentError, match="with_encoder is 1"):
        save_calibration(folder, fitted, with_encoder=True)
    assert path.read_text(encoding="utf-8") == "with_encoder: 1\n"


def test_a_missing_file_is_named(folder: Path) -> None:
    fitted = _fitted(folder)
    (folder / "calibration.yaml").unlink()
    with pytest.raises(ContentError, match=r"calibration\.yaml: the file cannot be read"):
        save_calibration(folder, fitted, with_encoder=True)


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "calibration.yaml.new").mkdir()
    with pytest.raises(ContentError, match=r"calibration\.yaml cannot be written"):
        save_calibration(folder, _fitted(folder), with_encoder=True)
