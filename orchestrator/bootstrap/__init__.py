"""The composition root: one module a capability, the only place that names concrete classes."""
