"""Arabic text: normalisation with offset maps, words, sentences, stems, script and direction."""
