"""The real bot in a browser, without a token: an emulator of the Bot API, and a page that looks like a chat."""
