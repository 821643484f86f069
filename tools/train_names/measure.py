"""Measure the finder on marked sentences (`[[name]]`): python tools/train_names/measure.py [FILE].

The default file was written for this and never trained on.  A found name counts when it overlaps the marked
one by half or more of what both cover (the usual measure of the project); what is not marked is a false alarm.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pii_guard.detect.person import find

HELD_OUT = Path(__file__).parents[2] / "training" / "person" / "heldout.txt"
MARK = re.compile(r"\[\[(.+?)\]\]")
REPORTED = 0.5

Span = tuple[int, int]


def parsed(line: str) -> tuple[str, list[Span]]:
    """The text and the marked spans."""
    text, spans = "", []
    for i, part in enumerate(MARK.split(line.replace("\\n", "\n"))):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans


def agree(a: Span, b: Span) -> bool:
    """Intersection over union of one half or more."""
    inside = min(a[1], b[1]) - max(a[0], b[0])
    return inside > 0 and 2 * inside >= max(a[1], b[1]) - min(a[0], b[0])


def main() -> None:
    """Print misses, false alarms and the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    marked = found = false = exact = 0
    for line in path.read_text("utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        text, gold = parsed(line)
        hits = [(h.start, h.end) for h in find(text) if h.score >= REPORTED]
        missed = [g for g in gold if not any(agree(g, h) for h in hits)]
        wrong = [h for h in hits if not any(agree(g, h) for g in gold)]
        marked, found, false = marked + len(gold), found + len(gold) - len(missed), false + len(wrong)
        exact += len(set(gold) & set(hits))
        if missed or wrong:
            print(line)
            print(f"    missed {[text[a:b] for a, b in missed]}  false {[text[a:b] for a, b in wrong]}")
    recall, precision = found / marked, found / (found + false)
    balance = 2 * recall * precision / (recall + precision)
    print(f"{marked} names: recall {recall:.3f} (exact {exact / marked:.3f})", end=" ")
    print(f"precision {precision:.3f} F1 {balance:.3f}")


if __name__ == "__main__":
    main()
