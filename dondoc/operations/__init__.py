"""What the doors ask for, a verb a file: gather facts, ask a policy, apply the answer in one transaction."""
