"""Outputs: one module a format, found by its name, with `TEXT: bool` (fits a terminal) and `write(page) -> bytes`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pii_guard.errors import UsageError
from pii_guard.messages import Messages
from pii_guard.summary.blocks import Page

EXTRA = "report"


def names() -> list[str]:
    """All formats, from the folder."""
    return sorted(info.name for info in iter_modules(__path__) if not info.name.startswith("_"))


def is_text(name: str) -> bool:
    """Whether a format may go to standard output."""
    return bool(import_module(f"{__name__}.{name}").TEXT)


def write(name: str, page: Page) -> bytes:
    """The page in a format; UsageError with the command to run where its extra is missing."""
    try:
        written: bytes = import_module(f"{__name__}.{name}").write(page)
    except ImportError as error:
        raise UsageError(Messages(page.language)("summary.needs_extra", EXTRA)) from error
    return written
