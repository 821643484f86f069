"""`python -m pii_guard` is the command `pii-guard`."""

from pii_guard.cli import run

run()
