"""Values that cross a boundary: files and documents, checked and in NFC."""
