"""What to say to a message in the light of the turns before it: (state, message) -> (state, reply)."""
