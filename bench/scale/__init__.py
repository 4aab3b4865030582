"""What a data set costs as it grows."""
