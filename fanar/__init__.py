"""The ground: shared words, protocols, and the models."""
