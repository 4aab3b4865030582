"""Work on the data set: one-line reading, SQL, the same measure over years and districts."""
