"""What matching needs of a sentence encoder; the real one is in shells/encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
"""Of shape (dimensions,) and length 1."""
Matrix = npt.NDArray[np.float32]
"""Of shape (texts, dimensions); each row has length 1."""


class Encoder(Protocol):
    def encode(self, text: str) -> Vector:
        """The meaning of one folded text."""

    def encode_all(self, texts: Sequence[str]) -> Matrix:
        """The same for many, which may come from a cache."""
