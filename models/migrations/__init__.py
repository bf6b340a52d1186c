"""The schema's history, oldest first, and the one function that brings a database to its newest state."""

SCHEMA = "0001"
"""The revision that this code needs: the newest migration. A test compares it with the files."""
