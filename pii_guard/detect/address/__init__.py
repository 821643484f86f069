"""Addresses: find them in a text, and take one apart.

A grammar over a gazetteer: no model.  How it works, and how well, stands in docs/model_card_address.md.
"""

from __future__ import annotations

from pii_guard.detect.address.components import Components
from pii_guard.detect.address.find import find

__all__ = ["Components", "find", "parse"]


def parse(address: str) -> Components:
    """The components of one address, province to room."""
    from pii_guard.detect.address.parser import taken_apart

    return taken_apart(address)
