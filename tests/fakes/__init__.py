"""Real, small stand-ins for what the platform talks to."""
