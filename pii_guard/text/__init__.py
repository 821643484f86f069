"""From bytes to text and back: decoding, normalising, places; every offset refers to the original text."""
