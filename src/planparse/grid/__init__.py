"""Stage 2: pages become text lines and tables whose cells know their spans."""
