"""Probes read hard artefacts: links, forms, Wi-Fi configurations, manifests, waybills, passwords.

Each module of this folder has `NEEDS`, words of which one must stand in the folded text for the probe to
be worth
running (empty: always), `CODES`, what its signals may say, and `probe(window) -> Iterable[Signal]`.  A rule names
it: `probe: wifi` or `probe: wifi.open`.
Discovery is a folder walk: a new probe is one new file.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from typing import cast

from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

Probe = Callable[["Window"], Iterable[Signal]]


def names() -> list[str]:
    """The probes there are."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def codes(name: str) -> frozenset[str]:
    """The codes that the signals of a probe may have."""
    return cast("frozenset[str]", import_module(f"{__name__}.{name}").CODES)


def signals(name: str, window: Window) -> tuple[Signal, ...]:
    """What probe `name` (or `name.code`) saw in the window."""
    probe_name, _, code = name.partition(".")
    if probe_name not in window.signals:
        window.signals[probe_name] = _run(probe_name, window)
    return tuple(s for s in window.signals[probe_name] if not code or s.code == code)


def _run(name: str, window: Window) -> tuple[Signal, ...]:
    needs, probe = _load(name)
    if needs and not any(word in window.folded for word in needs):
        return ()
    return tuple(probe(window))


@cache
def _load(name: str) -> tuple[tuple[str, ...], Probe]:
    module = import_module(f"{__name__}.{name}")
    return cast(tuple[str, ...], module.NEEDS), cast(Probe, module.probe)
