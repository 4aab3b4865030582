"""What is known about words: numerals, dates, periods. It imports datamodel alone."""
