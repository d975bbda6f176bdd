"""Speech written down, and texts read aloud."""
