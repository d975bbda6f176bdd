"""Diffusion models, through diffusers: loaded from folders, several pictures drawn together. Imported by their owner process alone."""
