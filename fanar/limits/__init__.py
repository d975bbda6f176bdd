"""How much may be asked how often: allowances, and what counts requests against them."""
