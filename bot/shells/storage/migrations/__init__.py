"""The steps from each schema to the next. Alembic runs env.py, which runs what is in versions/."""
