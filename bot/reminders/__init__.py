"""Weekly reminders: when they fall due, and what people say to have, move and stop them."""
