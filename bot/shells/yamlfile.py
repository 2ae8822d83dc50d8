"""Reads one YAML file into a checked pydantic model, and says where in the file a problem stands."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

_Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster; a few platforms lack it

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


class _Loader(_Fast):  # type: ignore[misc, valid-type]
    """Refuses a key that stands twice, of which YAML would keep the last without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f'the key "{key.value}" stands twice', problem_mark=key.start_mark
                )
            seen.add(str(key.value))
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


class YamlFile:
    """The text of one file, and the line of everything in it."""

    def __init__(self, path: Path) -> None:
        self.name = shown_path(path)
        self._text, self._fault = read_text(path)

    def problem(self, message: str, *path: str | int) -> Problem:
        """A problem at the key path, such as ("aspects", "foods", "examples", 3)."""
        return Problem(self.name, self._line(path), message)

    def parse(self, shape: type[T] | Any, problems: list[Problem]) -> T | None:
        """The file's content in the given shape; None if it has another, with its problems added to the list."""
        if self._fault:
            problems.append(Problem(self.name, None, self._fault))
            return None
        try:
            data = yaml.load(self._text, Loader=_Loader)  # noqa: S506 - it is a safe one
            value: T = TypeAdapter(shape).validate_python(data)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            problems.append(Problem(self.name, line, f"this is no valid YAML: {error.problem}"))
        except yaml.reader.ReaderError as error:
            problems.append(Problem(self.name, None, f"this is no valid YAML: {error.reason}"))
        except ValidationError as error:
            problems += [self.problem(_told(detail), *detail["loc"]) for detail in error.errors()]
        else:
            return value
        return None

    def _line(self, path: tuple[str | int, ...]) -> int | None:
        node = yaml.compose(self._text, Loader=_Fast) if self._text else None
        for key in path:
            below = _below(node, key)
            if below is None:
                break
            node = below
        return node.start_mark.line + 1 if node else None


def read_text(path: Path) -> tuple[str, str]:
    """The text of the file, and what is wrong if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8"), ""
    except OSError as error:
        return "", f"the file cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        return "", "the file is not UTF-8; save it as UTF-8"


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
    key = ".".join(str(part) for part in detail["loc"]) or "the file"
    if detail["type"] == "missing":
        return f"{key} is missing"
    if detail["type"] == "extra_forbidden":
        return f"{key} is not a key that is known here"
    return f"{key} is {_short(detail['input'])}: {detail['msg']}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
