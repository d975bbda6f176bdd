"""Ways to find documents for a query."""
