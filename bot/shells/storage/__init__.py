"""Where the state of chats is kept."""
