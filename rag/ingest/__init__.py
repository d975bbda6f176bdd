"""Sources in, documents out: one source a module, and what is installed."""
