"""Weekly reminders: when they fall due, and what people say to have, move and stop them. Knows no clock and no channel."""
