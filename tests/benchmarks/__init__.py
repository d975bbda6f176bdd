"""One small file a benchmark; `task` runs them and writes the leaderboard."""
