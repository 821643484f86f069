"""Settings of a scan: frozen, handed down, never global."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MODES = ("off", "cues", "full")


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look for and how.

    `select` empty means every type; `min_confidence` low, medium or high decides what is reported.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    min_confidence: str = "medium"
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    jobs: int = 1
    rules: tuple[Path, ...] = ()
    key: bytes | None = None  # of fingerprints; None: drawn for the run
    names: str = "full"
    addresses: str = "full"

    @property
    def least_score(self) -> float:
        """The score that `min_confidence` asks for."""
        return {"low": 0.0, "medium": 0.5, "high": 0.8}[self.min_confidence]
