"""What the doors ask for: one verb a file. Each gathers facts, asks a policy, and applies the answer in one transaction."""
