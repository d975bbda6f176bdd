"""Answers from scripture: by reference, by question, never beyond the sources."""
