"""What is known about words, one module and one rule file per concept; it imports model alone."""
