"""Fresh plans in hard shapes: truth drawn first, then typeset by producers that anyone can install."""
