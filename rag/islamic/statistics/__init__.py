"""Counts in the Quran: words, phrases, verses, letters, lengths; by stated conventions, never from memory."""
