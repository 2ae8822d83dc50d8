"""What authors of content and intents run: checks, figures, calibration."""
