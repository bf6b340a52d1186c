"""The words that people see: one gettext catalogue, Vietnamese by default, English complete."""
