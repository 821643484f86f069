"""Formats whose files are no text: a file that reads as text is never held against them, nor are they imported for it."""
