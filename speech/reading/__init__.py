"""Text as it is read aloud: figures, abbreviations and names written out, words spelled as a voice needs them."""
