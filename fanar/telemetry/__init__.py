"""What operators see: logs, metrics, traces. Never what a prompt or an answer says."""
