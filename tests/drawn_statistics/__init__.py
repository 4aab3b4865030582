"""Statistics tables in English, drawn with rulings of many kinds, and two readers of them."""
