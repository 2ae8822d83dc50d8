"""Draws the pictures. Nothing here says a word of its own: the words come with the picture, from the document."""
