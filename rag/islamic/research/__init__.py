"""Research into what the installed sources say: a plan, evidence for each question of it, a report that cites every word."""
