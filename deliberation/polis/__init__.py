"""The published method of Polis, exactly, for comparison and for trust."""
