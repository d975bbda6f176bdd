"""Big test environments: vLLM on CPU, foreign clients. Each is built once, outside the clone, and keyed by a hash of its recipe."""
