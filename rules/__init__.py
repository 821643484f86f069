"""Rules as data; a package only so that wheels and editable installs carry it as pii_guard.rules."""
