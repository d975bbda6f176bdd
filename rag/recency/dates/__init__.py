"""Expressions of time, in Arabic, its dialects and English: where they stand and which instants they mean."""
