"""Serves pulled weights: starts model servers, watches them, stops them, and tells the platform where they are."""
