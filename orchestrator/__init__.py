"""Decides, builds, serves."""
