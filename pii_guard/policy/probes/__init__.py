"""Probes read hard artefacts: links, forms, Wi-Fi configurations, manifests, waybills, passwords.

Each module of this folder has `NEEDS`, words of which one must stand in the folded text for the probe to be worth
running, or `worth(window) -> bool` where words cannot tell; `CODES`, what its signals may say; and
`probe(window) -> Iterable[Signal]`.  A rule names it: `probe: wifi` or `probe: wifi.open`.
Discovery is a folder walk: a new probe is one new file.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from typing import cast

from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

Probe = Callable[["Window"], Iterable[Signal]]
Worth = Callable[["Window"], bool]


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
        window.signals[probe_name] = tuple(_load(probe_name)[1](window)) if worth(probe_name, window) else ()
    return tuple(s for s in window.signals[probe_name] if not code or s.code == code)


def worth(name: str, window: Window) -> bool:
    """Whether probe `name` may see something in the window; cheaper than running it."""
    return _load(name)[0](window)


def needs(name: str) -> tuple[str, ...]:
    """Words of which one must stand in the folded text; none where words cannot tell."""
    return cast(tuple[str, ...], getattr(import_module(f"{__name__}.{name}"), "NEEDS", ()))


@cache
def _load(name: str) -> tuple[Worth, Probe]:
    module = import_module(f"{__name__}.{name}")
    words = needs(name)
    worth = module.worth if hasattr(module, "worth") else lambda window: holds_any(window.folded, words)
    return cast(Worth, worth), cast(Probe, module.probe)


def holds_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in the text; without `any`, which takes twice as long: every window is asked."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False
