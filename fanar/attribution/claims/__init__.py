"""Claims of a text held against sources: split, paired with evidence, judged by plain checks, with calibrated scores."""
