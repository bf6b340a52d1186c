"""What should be: pure functions from facts and a moment to a decision with its reason. No database, clock or I/O."""
