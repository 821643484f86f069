"""Addresses: find them in a text, and take one apart."""

from __future__ import annotations

from pii_guard.detect.address.components import Components
from pii_guard.detect.address.components import parse
from pii_guard.detect.address.find import find

__all__ = ["Components", "find", "parse"]
