"""Zakat by the four schools, exactly: money, livestock, crops, treasure, and zakat al-fitr, each line with its rule."""
