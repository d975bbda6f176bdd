"""Files that people hand in: kept, read in the background, collected, searched."""
