"""What verses mean, in the words of the commentaries that are installed, or not at all."""
