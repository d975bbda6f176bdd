"""The one client for foreign URLs: addresses checked once, sizes and times bounded."""
