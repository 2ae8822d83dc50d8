from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.shells.storage.conftest import postgres

__all__ = ["postgres"]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What goes wrong here is meant to."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
