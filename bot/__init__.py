"""Osteon: answers from one article, in the article's own words."""
