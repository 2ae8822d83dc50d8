"""What can go wrong that a person can mend. Anything else that is raised is a bug and reaches the top."""


class BotError(Exception):
    """The root of all errors whose message is written for the person who can mend them."""


class ContentError(BotError):
    """Content or intents are not as they must be. Says what, where and what to do; one problem a line."""


class SettingsError(BotError):
    """A setting has a value that cannot be used. Names the setting, the value and what is allowed."""


class TelegramError(BotError):
    """Telegram refuses us for good, for example because the token is wrong."""


class StorageError(BotError):
    """The database cannot be used. Names it and its setting, says why and what to do; holds no password."""
