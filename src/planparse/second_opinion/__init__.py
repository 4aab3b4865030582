"""The second opinion: what two extractors make of one file, record against record."""
