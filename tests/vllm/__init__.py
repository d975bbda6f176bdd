"""Against real vLLM on CPU, with a tiny checkpoint made here. Run by `make test-vllm`."""
