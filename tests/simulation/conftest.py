from tests.shells.storage.conftest import postgres

__all__ = ["postgres"]
