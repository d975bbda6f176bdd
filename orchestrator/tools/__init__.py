"""Exact tools: questions that have one right answer and need no model."""
