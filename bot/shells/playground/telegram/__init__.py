"""A Bot API server on loopback, and the people who talk through it. As strict as Telegram, or stricter."""
