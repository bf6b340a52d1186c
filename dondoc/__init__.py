"""Who touches it: the doors (command line, web) and what they ask for. See DESIGN in the README's reading order."""

__version__ = "0.1.0"
