"""The requests and answers of the API as pydantic models: the wire contract, field by field."""
