"""Rules as data: TOML files with examples that they match and reject."""
