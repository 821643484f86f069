"""Tests with Presidio are skipped without it, and the end of the run says so in plain words."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

_MISSING = [name for name in ("presidio_analyzer", "presidio_anonymizer") if find_spec(name) is None]


def pytest_configure(config: pytest.Config) -> None:
    """The mark of tests that run the real Presidio."""
    config.addinivalue_line("markers", "presidio: needs presidio-analyzer and presidio-anonymizer")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is marked as needing Presidio."""
    if _MISSING:
        skip = pytest.mark.skip(
            reason=f"NOT TESTED: {', '.join(_MISSING)} missing: pip install -e '.[presidio]'"
        )
        for item in items:
            if item.get_closest_marker("presidio"):
                item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that a part of the product was not tested."""
    if _MISSING:
        terminalreporter.section("PRESIDIO NOT TESTED", sep="!", red=True)
        terminalreporter.line(f"{', '.join(_MISSING)} not installed: pip install -e '.[presidio]'")
