"""One owner process for what must not be shared: a store, a model."""
