"""The data set for others: CSV and spreadsheets, descriptions of it, the data dictionary."""
