"""The parts of benchmarks/reminders.py."""
