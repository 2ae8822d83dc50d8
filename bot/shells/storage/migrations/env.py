"""Alembic runs this file. The connection, and the transaction around all steps, are schema.py's."""

from __future__ import annotations

from alembic import context

from bot.shells.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
