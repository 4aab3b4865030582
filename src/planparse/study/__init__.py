"""Work on the dataset: one-line reading, SQL, the same measure over years and districts."""
