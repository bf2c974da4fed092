"""The forms in which other registers write such facts down. Each is a table of columns, read in both directions."""
