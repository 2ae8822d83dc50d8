"""Weekly reminders: when they fall due, what they show, and what people say to have, move and stop them."""
