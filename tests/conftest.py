"""Shared by all tests: no home directory, no keys of the environment, and numpy loaded once."""

from __future__ import annotations

import numpy  # noqa: F401 - once imported, the name model scores single sentences ten times faster
import pytest

from pii_guard import config


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (config.KEY_VARIABLE, "NO_COLOR", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
