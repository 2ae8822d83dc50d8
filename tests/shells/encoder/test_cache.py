from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.matching.remembered import Arrays
from bot.shells.encoder.cache import MEMO, BlobCache, CachedEncoder, cached_arrays, key_of
from tests.matching.toys import WordEncoder

KEY, OTHER = key_of("a"), key_of("b")
TEXTS = ("bone loss", "calcium", "bone")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "fitted.sqlite3"


def encoder() -> WordEncoder:
    return WordEncoder(["bone", "loss", "calcium"])


def fitted(value: float = 1.0) -> Arrays:
    return {"weights": np.full((2, 3), value, np.float32), "offsets": np.zeros(2, np.float32)}


def never() -> Arrays:
    raise AssertionError("it was kept, and need not be computed")


def same(one: Mapping[str, object], two: Mapping[str, object]) -> bool:
    return one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)  # type: ignore[arg-type]


def damaged_inside(path: Path) -> None:
    """A file that opens and breaks when it is read: its head is whole, the rest is not."""
    BlobCache(path).write({key_of(str(number)): bytes(2000) for number in range(50)})
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 500)


def a_folder(path: Path) -> None:
    path.mkdir(parents=True)


def parent_is_a_file(path: Path) -> None:
    path.parent.write_text("")


def test_what_was_written_is_read_again(path: Path) -> None:
    BlobCache(path).write({KEY: b"one"})
    assert BlobCache(path).read([KEY, OTHER]) == {KEY: b"one"}


def test_what_is_written_again_is_replaced(path: Path) -> None:
    cache = BlobCache(path)
    cache.write({KEY: b"one"})
    cache.write({KEY: b"two"})
    assert cache.read([KEY]) == {KEY: b"two"}


def test_a_new_cache_holds_nothing(path: Path) -> None:
    assert BlobCache(path).read([KEY]) == {}


def test_two_processes_may_share_it(path: Path) -> None:
    one, two = BlobCache(path), BlobCache(path)
    one.write({KEY: b"one"})
    two.write({OTHER: b"two"})
    assert one.read([KEY, OTHER]) == two.read([KEY, OTHER]) == {KEY: b"one", OTHER: b"two"}


@pytest.mark.parametrize("damage", [damaged_inside, no_database, a_folder, parent_is_a_file])
def test_a_cache_that_cannot_be_used_costs_time_and_nothing_else(path: Path, damage: object) -> None:
    assert callable(damage)
    damage(path)
    keys = [key_of(str(number)) for number in range(50)]
    BlobCache(path).read(keys)
    BlobCache(path).write({KEY: b"one"})
    assert BlobCache(path).read([KEY]) in ({}, {KEY: b"one"})


@pytest.mark.parametrize("damage", [damaged_inside, no_database])
def test_a_damaged_file_is_made_anew(path: Path, damage: object) -> None:
    assert callable(damage)
    damage(path)
    BlobCache(path).read([key_of(str(number)) for number in range(50)])
    BlobCache(path).write({KEY: b"one"})
    assert BlobCache(path).read([KEY]) == {KEY: b"one"}


def test_keys_tell_their_parts_apart() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", "")}) == 4


def test_texts_are_encoded_once_and_then_remembered(path: Path) -> None:
    first, second = encoder(), encoder()
    vectors = CachedEncoder(first, BlobCache(path), "1").encode_all(TEXTS)
    again = CachedEncoder(second, BlobCache(path), "1").encode_all(TEXTS)
    assert (first.encoded, second.encoded) == (list(TEXTS), [])
    assert np.array_equal(vectors, again)
    assert np.allclose(vectors, encoder().encode_all(TEXTS))


def test_an_author_who_changes_one_text_pays_for_one(path: Path) -> None:
    CachedEncoder(encoder(), BlobCache(path), "1").encode_all(TEXTS)
    second = encoder()
    CachedEncoder(second, BlobCache(path), "1").encode_all([*TEXTS, "more bone"])
    assert second.encoded == ["more bone"]


def test_another_model_remembers_nothing_of_this_one(path: Path) -> None:
    CachedEncoder(encoder(), BlobCache(path), "1").encode_all(TEXTS)
    second = encoder()
    CachedEncoder(second, BlobCache(path), "2").encode_all(TEXTS)
    assert second.encoded == list(TEXTS)


def test_a_text_that_comes_twice_is_encoded_once(path: Path) -> None:
    one = encoder()
    vectors = CachedEncoder(one, BlobCache(path), "1").encode_all(["bone", "calcium", "bone"])
    assert one.encoded == ["bone", "calcium"]
    assert np.array_equal(vectors[0], vectors[2])


def test_what_a_person_says_is_never_written_down(path: Path) -> None:
    CachedEncoder(encoder(), BlobCache(path), "1").encode("bone")
    assert not path.exists()


def test_what_a_person_says_is_soon_forgotten(path: Path) -> None:
    one = encoder()
    cached = CachedEncoder(one, BlobCache(path), "1")
    for text in ["bone", "bone", *(f"bone {number}" for number in range(MEMO)), "bone"]:
        cached.encode(text)
    assert one.encoded.count("bone") == 2


def test_progress_is_told_only_of_what_is_missing(path: Path) -> None:
    told: list[Sequence[str]] = []

    def progress(texts: Sequence[str]) -> Iterator[str]:
        told.append(texts)
        return iter(texts)

    CachedEncoder(encoder(), BlobCache(path), "1", progress).encode_all(TEXTS)
    CachedEncoder(encoder(), BlobCache(path), "1", progress).encode_all(TEXTS)
    assert told == [list(TEXTS)]


def test_arrays_are_computed_once_and_then_remembered(path: Path) -> None:
    assert same(cached_arrays(BlobCache(path), KEY, fitted), fitted())
    assert same(cached_arrays(BlobCache(path), KEY, never), fitted())


@pytest.mark.parametrize("stored", [b"", b"garbage", b"PK\x03\x04 cut off", b"\x93NUMPY"])
def test_arrays_that_were_kept_and_cannot_be_read_are_computed_anew(path: Path, stored: bytes) -> None:
    BlobCache(path).write({KEY: stored})
    assert same(cached_arrays(BlobCache(path), KEY, fitted), fitted())
    assert same(cached_arrays(BlobCache(path), KEY, never), fitted())
