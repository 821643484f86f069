"""What documents are packed in: limits, members, office packages, PDF glyphs.  Formats are built on these."""
