"""What is computed from the catalogue once and remembered: named arrays, and texts packed into arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]
Remember = Callable[[Sequence[str], Callable[[], Arrays]], Arrays]
"""Gives the arrays computed earlier for the same key, or computes them: fitting takes seconds, and need not be done
twice. The key is all that the result depends on."""


def pack_texts(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Texts without line breaks as one array."""
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def unpack_texts(packed: npt.NDArray[np.uint8]) -> list[str]:
    text = packed.tobytes().decode()
    return text.split("\n") if text else []
