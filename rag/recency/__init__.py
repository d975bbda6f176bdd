"""What happened since: articles from sources that the operator chose, found by what they say and when."""
