"""Talks about estates over several turns: understands, asks back, divides. Knows nothing of routing or HTTP."""
