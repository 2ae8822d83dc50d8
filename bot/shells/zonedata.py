"""Which release of the zones' rules is in force. After another one, the next occurrences must be worked out anew."""

from __future__ import annotations

import tzdata


def zone_data_version() -> str:
    """Such as "2026f". bot/__init__.py sees to it that no other rules are read."""
    return str(tzdata.IANA_VERSION)
