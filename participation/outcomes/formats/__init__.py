"""The published report as files: PDF, tables for spreadsheets, and JSON. Each sets the same frozen words."""
