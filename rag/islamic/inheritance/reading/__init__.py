"""Reads stories and multiple-choice questions about estates. Divides nothing."""
