"""Finds what an operator wants neither asked nor said, in time that grows with the text alone."""
