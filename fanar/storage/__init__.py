"""The database: the truth from which every index can be rebuilt."""
