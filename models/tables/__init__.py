"""Every table, on one metadata. Importing this package is enough to know the whole schema."""

from models.tables import assignments, counters, directives, installation, ledger, letters, plans, units
from models.tables.columns import metadata

__all__ = ["assignments", "counters", "directives", "installation", "ledger", "letters", "metadata", "plans", "units"]
