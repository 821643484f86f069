"""Shared by all tests: no home directory, no keys of the environment, and numpy loaded once; examples of properties."""

from __future__ import annotations

import os

import hypothesis
import pytest

from pii_guard import config
from pii_guard.detect.single_thread import import_numpy

import_numpy()  # the name model then scores single sentences ten times faster; with several threads much slower

# a property that fails is found at a desk: CI tries the same examples each time, and a busy machine may take its time
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (config.KEY_VARIABLE, "NO_COLOR", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
