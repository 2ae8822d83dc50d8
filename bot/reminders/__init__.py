"""What is reminded of, and when: pure, with the time as an argument."""
