"""All that touches the world outside: files, the encoder, the terminal, Telegram."""
