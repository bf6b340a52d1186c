"""Values become a letter, a letter becomes a message, a message reaches a mail server or a maildir."""
