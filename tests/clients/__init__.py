"""Clients that nobody here wrote, each in an environment of its own, against a real server. Run by `make test-clients`."""
