"""Measures a running platform from outside, with whatever it has."""
