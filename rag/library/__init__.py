"""Answers from the files that people hand in, each from their own."""
