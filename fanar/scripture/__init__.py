"""The Quran as data: surahs, references in all usual spellings, verses in memory."""
