"""Tries to break the promise of the reminders, in the manner of FoundationDB: one thread, one seed, virtual time.

The dispatcher, the courier and the store are the real ones. Telegram, the people and the clocks are not; each call
that a worker makes of them waits at a gate until the world lets it go, so a kill can fall between any two.
"""
