"""From what an office has on paper or disk to values: files of units and directives, and a document's text."""
