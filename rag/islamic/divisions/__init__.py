"""Juz, hizb, quarter and page: what the Madina mushaf divides the Quran into, and who asks for them."""
