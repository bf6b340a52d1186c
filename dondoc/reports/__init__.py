"""Values to documents: workbooks, letters for signature. No database, no clock."""
