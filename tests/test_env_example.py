"""`.env.example` names every setting, no other, and shows the defaults."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
SETTING = re.compile(r"^# ([A-Z_]+)=(.*)$", re.MULTILINE)
KNOWN = {name.upper() for name in Settings.model_fields}


def test_every_setting_is_there_once_and_no_other() -> None:
    assert sorted(name for name, _ in SETTING.findall(_example())) == sorted(KNOWN)


def test_nothing_is_set() -> None:
    assert [line for line in _example().split("\n") if line and not line.startswith("#")] == []


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_setting_is_explained_right_above_it(name: str) -> None:
    before, _, _ = _example().partition(f"\n# {name}=")
    explanation = before.rpartition("\n\n")[2]
    assert all(re.match(r"# (?!-)\w", line) or line.startswith("# ~") for line in explanation.split("\n"))
    assert len(explanation) > len(name)


def test_the_values_shown_are_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text(SETTING.sub(r"\1=\2", _example()), encoding="utf-8")
    assert _settings(tmp_path / ".env") == _settings(None)


def _example() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


def _settings(file: Path | None) -> Settings:
    return Settings(_env_file=file, _env_file_encoding="utf-8")  # type: ignore[call-arg]
