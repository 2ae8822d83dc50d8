"""How the bot is: what /healthz and /readyz tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.shells.pulse import Pulse


@dataclass
class Health:
    telegram: bool | None = None
    """Whether Telegram could be reached when it was last tried; None before the first try."""
    trouble: str = ""
    """Why not, by the type of the error."""
    warning: str | None = None
    """Why matching goes by words alone, if it does."""
    pulse: Pulse = field(default_factory=Pulse)
    """How the reminders are."""

    def found_telegram(self) -> None:
        self.telegram, self.trouble = True, ""

    def lost_telegram(self, trouble: str) -> None:
        self.telegram, self.trouble = False, trouble
