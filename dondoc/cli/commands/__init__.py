"""The commands, a file an errand."""
