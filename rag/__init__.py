"""Retrieval-augmented generation over verified corpora."""
