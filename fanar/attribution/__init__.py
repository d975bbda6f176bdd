"""Checks what a text says against what sources say."""
