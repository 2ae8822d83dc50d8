"""Where the state of chats is kept. Nothing outside this folder knows of SQLAlchemy."""
