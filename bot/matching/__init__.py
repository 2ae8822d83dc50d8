"""Which intent an utterance means, and whether the article covers it at all."""
