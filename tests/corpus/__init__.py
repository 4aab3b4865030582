"""The regression corpus: every plan whose truth is known; see docs/corpus.md."""
