"""Answers multiple-choice questions about estates by matching what was computed to the options, or not at all."""
