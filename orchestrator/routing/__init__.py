"""Decides where a prompt goes, and why."""
