"""Linear models on hashed features: what the router and the moderator are made of."""
