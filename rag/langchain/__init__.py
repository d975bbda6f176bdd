"""LangChain at the edge: our retrievers and models for its users, its retrievers and models for us. Nothing that serves imports it."""
