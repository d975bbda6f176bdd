"""Model weights: which ones there are to have, how they are pulled and kept. Nothing here loads a model."""
