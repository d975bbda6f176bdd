"""Geometric patterns by construction: tilings, stars on them, straps woven over and under."""
