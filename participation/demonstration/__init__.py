"""A made-up consultation with made-up people, for those who want to see what a consultation looks like."""
