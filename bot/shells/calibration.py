"""Writes what `osteon calibrate` fitted into intents/calibration.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.errors import ContentError
from bot.matching.gate import Calibration
from bot.shells.library import data_folder
from bot.shells.rules import BandsEntry, CalibrationEntry, CalibrationFile
from bot.shells.yamlfile import Problem, YamlFile

_HEAD = "# Written by `osteon calibrate`.\n"


def save_calibration(intents_folder: Path | None, fitted: Calibration, *, with_encoder: bool) -> Path:
    """Replace the block for matching with the encoder, or the one without it, and keep the other.

    Returns the file. Raises ContentError if it cannot be read or written.
    """
    path = (intents_folder or data_folder("intents")) / "calibration.yaml"
    try:
        blocks = _load(path).model_dump()
        blocks["with_encoder" if with_encoder else "without_encoder"] = _entry(fitted).model_dump()
        _replace(path, _HEAD + _rendered(blocks))
    except OSError as error:
        raise ContentError(
            f"{path} cannot be written ({error.strerror}); OSTEON_INTENTS may name a copy that can be"
        ) from error
    return path


def _load(path: Path) -> CalibrationFile:
    problems: list[Problem] = []
    file: CalibrationFile | None = YamlFile(path).parse(CalibrationFile, problems)
    if file is None:
        raise ContentError("\n".join(map(str, problems)))
    return file


def _entry(fitted: Calibration) -> CalibrationEntry:
    bands = {name: getattr(fitted, name) for name in BandsEntry.model_fields}
    return CalibrationEntry(offset=fitted.offset, weights=dict(fitted.weights), bands=BandsEntry(**bands))


def _rendered(blocks: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(blocks, sort_keys=False, default_flow_style=None, width=120)
    return text


def _replace(path: Path, text: str) -> None:
    """In one step: a reader finds the old file or the new one, and a crash leaves the old one."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
