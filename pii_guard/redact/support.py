"""Which operator works in which format: what stands in place of a value.

    text      the operator's own replacement; encrypt and pseudonym can be taken back
    stars     the same if it is as long as the value, else stars (sizes in the file are fixed)
    boxes     a black box, the value taken out; nothing can be taken back
    refused   scanned only; the error says what to save the document as
A format says so in `REPLACES`; one that says nothing takes text.
"""

from __future__ import annotations

from pii_guard.formats import Format
from pii_guard.redact.operators import operators

_OWN_TEXT = {"text": True, "stars": False, "boxes": False, "refused": False}
_SHOWS_NOTHING = frozenset({"mask", "remove"})  # a box does what these promise


def replaces(format_: Format) -> str:
    """What a format puts in place of a value."""
    return str(getattr(format_, "REPLACES", "text"))


def shortfall(format_: Format, operator: str) -> str:
    """What the user must know before relying on an operator in a format; empty: it does all it says."""
    kind = replaces(format_)
    if _OWN_TEXT[kind] or operator in _SHOWS_NOTHING:
        return ""
    if operators()[operator].REVERSIBLE:
        return f"{format_.NAME}：值已涂黑或打星，无法用 restore 还原 ({operator} cannot be restored here)"
    return (
        f"{format_.NAME}：值已涂黑或打星，不是 {operator} 的替换文本 (boxes or stars instead of {operator})"
    )


def table(formats: list[Format]) -> list[tuple[str, str, bool]]:
    """Name of a format, what it puts in place, whether a redaction can be restored."""
    return [(format_.NAME, kind, _OWN_TEXT[kind]) for format_ in formats for kind in (replaces(format_),)]
