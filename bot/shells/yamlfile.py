"""Reads one YAML file into a checked pydantic model, and says where in the file a problem stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster; a few platforms lack it

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """Something an author can mend."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class FileModel(BaseModel):
    """The shape of a file or of a part of one. A key that nobody reads is a mistake, so it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class YamlFile:
    """The text of one file, and the line of everything in it."""

    def __init__(self, path: Path) -> None:
        self.name = shown_path(path)
        self._text = path.read_text(encoding="utf-8")

    def problem(self, message: str, *path: str | int) -> Problem:
        """A problem at the key path, such as ("aspects", "foods", "examples", 3)."""
        return Problem(self.name, self._line(path), message)

    def parse(self, shape: type[T] | Any, problems: list[Problem]) -> T | None:
        """The file's content in the given shape; None if it has another, with its problems added to the list."""
        try:
            data = yaml.load(self._text, Loader=Loader)  # noqa: S506 - both loaders are safe ones
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            problems.append(Problem(self.name, line, f"this is no valid YAML: {error.problem}"))
            return None
        try:
            value: T = TypeAdapter(shape).validate_python(data)
        except ValidationError as error:
            problems += [self.problem(_told(detail), *detail["loc"]) for detail in error.errors()]
            return None
        return value

    def _line(self, path: tuple[str | int, ...]) -> int | None:
        node = yaml.compose(self._text, Loader=Loader)
        for key in path:
            below = _below(node, key)
            if below is None:
                break
            node = below
        return node.start_mark.line + 1 if node else None


def shown_path(path: Path) -> str:
    """The path from content/ or intents/ on, which is how authors know the file; else the whole of it."""
    for depth, part in enumerate(path.parts):
        if part in ("content", "intents"):
            return "/".join(path.parts[depth:])
    return str(path)


def _below(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        found: yaml.Node = node.value[key]
        return found
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    return None


def _told(detail: Any) -> str:
    """A pydantic complaint, as a sentence that names the key and the value."""
    key = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return f"{key} is missing"
    if detail["type"] == "extra_forbidden":
        return f"{key} is not a key that is known here"
    return f"{key} is {detail['input']!r}: {detail['msg']}"
