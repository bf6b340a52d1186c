"""The schema's history, oldest first, and the one function that brings a database to its newest state."""
