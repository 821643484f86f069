"""A raw personal value that no print, log, exception, pickle or JSON dump can show.

`reveal()` is the one door; only masking, fingerprints, redaction and judging open it.

>>> s = Secret("11010119000307001X")
>>> s, f"{s}", len(s.reveal())
(Secret(***), '***', 18)
"""

from __future__ import annotations


class Secret:
    """Holds a raw value; everything but `reveal()` shows `***`.

    A pickled copy is sealed: it carries no value (worker processes hand over only masks and fingerprints).
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | None) -> None:
        self._value = value

    def reveal(self) -> str:
        """The raw value; raises ValueError on a sealed copy."""
        if self._value is None:
            raise ValueError("sealed: the raw value stayed in the process that found it")
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret) or self._value is None or other._value is None:
            return NotImplemented
        from hmac import compare_digest  # asked for hardly ever, and it loads OpenSSL

        return compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> tuple[type[Secret], tuple[None]]:
        return (Secret, (None,))
