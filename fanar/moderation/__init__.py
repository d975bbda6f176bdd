"""Scores and categories of what is said: the classifier that ships, and guard models on a server."""
