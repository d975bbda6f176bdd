"""Answers from what users install: collections of hadith, books of law, fatwas. Verbatim, with their sources, or not at all."""
