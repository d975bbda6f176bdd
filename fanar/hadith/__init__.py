"""Hadith as data: collections, grades, the ways in which people cite them."""
