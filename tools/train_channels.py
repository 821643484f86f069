"""Expands the texts of training/channels, trains the channel classifier, and writes its weights.

    python tools/train_channels.py --ordinary FILE ...
                                                   train, write pii_guard/data/channels_classifier.npz, report
                                                   FILE: text that leaks nothing, a message a line (see LICENCE.md)
    python tools/train_channels.py --compile       write the compiled rules, pii_guard/data/channels_policy.json
    python tools/train_channels.py --triggers --ordinary FILE
                                                   write rules/channels/triggers.yaml anew, then train again
    python tools/train_channels.py --predict FILE  score labelled texts (JSON lines) with the shipped weights

Multinomial logistic regression by AdaGrad, plain numpy; weights are rounded to whole numbers.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pii_guard.policy import classifier
from pii_guard.policy.features import features
from pii_guard.policy.fold import fold
from pii_guard.policy.fold import unfold
from pii_guard.policy.loader import SHIPPED
from pii_guard.policy.loader import compiled
from pii_guard.policy.loader import load_with_cases
from pii_guard.policy.plan import Plan
from pii_guard.policy.plan import plan_of
from pii_guard.policy.suppress import flags
from pii_guard.policy.values import RuleSet
from pii_guard.policy.window import WHOLE
from pii_guard.policy.window import word_spans

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "training" / "channels"
TRIGGERS = ROOT / "rules" / "channels" / "triggers.yaml"
TRIGGERS_HEAD = """\
# Written by tools/train_channels.py --triggers: pieces of words of which nearly every training text that tells of a
# leak holds one, and few texts that do not; the screen decides whether one opens a window.
family: channel
lexicon:
  _learned:
    trigger: screened
    words:
"""
MOST_TRIGGERS, LEAST_GAIN = 400, 0.04
VARIANTS = 20  # texts made of one template
LEAST = 12  # texts a feature must stand in: a plain text makes seven of its own kind
WRAP, WRAPPED = 0.2, (8, 70)  # the share of leaks that wrappers.txt also wraps, and how long these may be
LARGEST = 1_900_000  # bytes of the weights
BY_HAND = 4.0  # what a text written one by one counts against one made of a template, where the wording repeats
AMID, CALM = 0.25, 40  # the share of texts that also stand amid others, which have at most so many characters
CLASSES = classifier.CLASSES
ALTERNATIVE = re.compile(r"\{([^{}]*)\}")
SLOT = re.compile(r"@([\u4e00-\u9fff])|@(app)")
FILLERS = ["那个", "就是", "然后", "嗯", "呃", "就", "其实", "反正", "那"]
OPENERS = [
    "你好，",
    "您好，",
    "请问",
    "急！",
    "老师，",
    "在吗",
    "麻烦问下，",
    "工单：",
    "备注：",
    "客户反馈：",
    "问一下",
    "RT，",
    "大家好，",
    "补充：",
]
ENDERS = ["？", "！", "。", "谢谢", "急", "求助", "在线等", "～", "哈", "啊", "呢", "吧"]
TYPOS = dict(
    zip(
        "账帐的地得在再做作码妈登陆录号好点店那哪已以",
        "帐账得的的再在作做吗马等录陆好号店点哪那以已",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its channel (0 none), the style that wrote it and the template it comes from."""

    text: str
    channel: int
    style: str


def styles() -> list[Path]:
    """The style files."""
    return sorted(p for p in TEXTS.glob("*.txt") if p.stem not in ("slots", "wrappers"))


def slots() -> dict[str, list[str]]:
    """The word lists of @name."""
    rows = (
        line.split(" ", 1) for line in (TEXTS / "slots.txt").read_text(encoding="utf-8").splitlines() if line
    )
    return {name: words.split("|") for name, words in rows}


def templates(path: Path) -> Iterator[tuple[int, str]]:
    """(channel, template) of a style file."""
    channel = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            channel = int(line[3:])
        elif line and not line.startswith("# "):
            yield channel, line


def expand(template: str, words: dict[str, list[str]], rng: random.Random) -> str:
    """One text of a template: slots filled, alternatives chosen, from the inside outwards."""
    for _ in range(6):
        template = SLOT.sub(
            lambda m: rng.choice(words[m[1] or m[2]]) if (m[1] or m[2]) in words else m[0], template
        )
        template, changed = ALTERNATIVE.subn(
            lambda m: rng.choice(m[1].split("|")) if "|" in m[1] else m[1], template
        )
        if not changed:
            break
    return template


def roughen(text: str, rng: random.Random) -> str:
    """Register: openers, fillers, typos, lost punctuation, Traditional characters, speech without stops."""
    if rng.random() < 0.15:
        text = rng.choice(OPENERS) + text
    if rng.random() < 0.15:
        text = text.rstrip("。？！") + rng.choice(ENDERS)
    if rng.random() < 0.12:
        parts = re.split("(?<=[，、])", text)
        text = "".join(p + (rng.choice(FILLERS) if rng.random() < 0.4 else "") for p in parts)
    if rng.random() < 0.15:
        text = re.sub("[，。！？、]", rng.choice(["", " ", "，"]), text)
    if rng.random() < 0.1:
        text = "".join(TYPOS.get(c, c) if rng.random() < 0.3 else c for c in text)
    if rng.random() < 0.08:
        text = unfold(text)
    if rng.random() < 0.08 and len(text) > 16:
        drop = rng.randrange(2, len(text) - 4)
        text = text[:drop] + text[drop + 1 :]
    return text


def examples(paths: list[Path], variants: int, seed: int = 7) -> list[Example]:
    """The texts of these style files, without repetitions."""
    rng, words, seen = random.Random(seed), slots(), set()
    made = []
    for path in paths:
        for channel, template in templates(path):
            plural = variants if ("{" in template or "@" in template) else max(1, variants // 3)
            for number in range(plural):
                text = expand(template, words, rng)
                text = roughen(text, rng) if number else text
                if text not in seen:
                    seen.add(text)
                    made.append(Example(text, channel, path.stem))
    return made


def amid(learnt: list[Example], share: float, seed: int = 13) -> list[Example]:
    """A share of the texts again, between sentences that leak nothing: a window seldom holds the leak alone."""
    rng = random.Random(seed)
    calm = [e.text for e in learnt if not e.channel and len(e.text) < CALM]
    made = []
    for example in rng.sample(learnt, int(share * len(learnt))):
        parts = [rng.choice(calm) for _ in range(rng.choice((1, 1, 2) if example.channel else (1, 2, 4, 8)))]
        parts.insert(rng.randint(0, len(parts)), example.text)
        text = "".join(part if part[-1] in "。！？" else part + "。" for part in parts)
        if len(text) <= WHOLE:
            made.append(Example(text, example.channel, example.style))
    return made


def wrapped(learnt: list[Example], share: float, seed: int = 17) -> list[Example]:
    """A share of the leaks again, within words that undo the leak and within words that do not: pairs that differ by
    these words alone.
    """
    rng, words = random.Random(seed), slots()
    frames: dict[int, list[str]] = defaultdict(list)
    for kind, frame in templates(TEXTS / "wrappers.txt"):
        frames[kind].append(frame)
    leaks = [e for e in learnt if e.channel and WRAPPED[0] <= len(e.text) <= WRAPPED[1]]
    made = []
    for example in rng.sample(leaks, int(share * len(leaks))):
        for kind, channel in ((0, 0), (9, example.channel)):
            text = expand(rng.choice(frames[kind]), words, rng).replace("@X", example.text.rstrip("。！？!?"))
            made.append(Example(text, channel, "wrappers"))
    return made


def from_cases(ruleset: RuleSet, variants: int, seed: int = 11) -> list[Example]:
    """The cases of the channel rules teach as well; what hard rules find is left to the probes."""
    rng = random.Random(seed)
    made = []
    for rule in ruleset.rules:
        if rule.channel:
            hits = () if rule.hard else rule.hits
            for case, channel in [*((c, rule.channel) for c in hits), *((c, 0) for c in rule.misses)]:
                texts = {case.text, *(roughen(case.text, rng) for _ in range(variants // 4))}
                made += [Example(text, channel, "cases") for text in sorted(texts)]
    return made


def features_of(texts: list[str], plan: Plan) -> list[set[str]]:
    """The features of each text."""
    folded = [fold(text) for text in texts]
    suppressors = list(plan.ruleset.suppressors.values())
    return [features(text, word_spans(plan, text), flags(suppressors, text)) for text in folded]


def vocabulary(rows: list[set[str]], least: int) -> dict[str, int]:
    """Features seen in at least `least` texts."""
    counts = Counter(f for row in rows for f in row)
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least and "\n" not in f))}


def train(
    rows: list[NDArray[np.int64]],
    labels: list[int],
    counts: list[float],
    size: int,
    epochs: int = 14,
    rate: float = 0.35,
    decay: float = 2e-3,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Softmax regression by AdaGrad over one text at a time; `counts`: how much each one counts."""
    rng = np.random.default_rng(3)
    weights, bias = np.zeros((size, CLASSES)), np.zeros(CLASSES)
    past = np.full((size, CLASSES), 1e-3)
    balance = np.sqrt(len(labels) / (CLASSES * np.bincount(labels, minlength=CLASSES).clip(1)))
    for epoch in range(epochs):
        step = rate / (1 + 0.15 * epoch)
        for i in rng.permutation(len(rows)):
            row = rows[i]
            keep = row[rng.random(len(row)) > 0.25]  # dropout: no single word may carry a verdict
            norm = 1 / np.sqrt(max(1, len(keep)))
            z = weights[keep].sum(axis=0) * norm + bias
            p = np.exp(z - z.max())
            p /= p.sum()
            p[labels[i]] -= 1
            gradient = p * norm * balance[labels[i]] * counts[i]
            past[keep] += gradient**2
            weights[keep] -= step * (gradient / np.sqrt(past[keep]) + decay * weights[keep])
            bias -= 0.01 * p
    return weights, bias


def measure(probabilities: NDArray[np.float64], labels: list[int], threshold: float) -> tuple[float, float]:
    """Macro F1 over the channels and the share of clean negatives, as score_channels counts them."""
    got = np.where(probabilities[:, 1:].max(axis=1) >= threshold, probabilities[:, 1:].argmax(axis=1) + 1, 0)
    truth = np.array(labels)
    f1 = []
    for c in range(1, CLASSES):
        hit = int(((got == c) & (truth == c)).sum())
        found, real = int((got == c).sum()), int((truth == c).sum())
        f1.append(2 * hit / (found + real) if found + real else 0.0)
    negatives = truth == 0
    return sum(f1) / len(f1), float((got[negatives] == 0).mean())


def save(names: dict[str, int], weights: NDArray[np.float64], bias: NDArray[np.float64]) -> None:
    """Rounds the weights to whole numbers, drops the faintest features until the file is small enough, writes it."""
    scale = float(np.abs(weights).max()) / 127
    whole = np.rint(weights / scale).astype(np.int8)
    strength = np.abs(whole.astype(int)).max(axis=1)
    for faint in range(2, 127):
        kept = [(f, i) for f, i in sorted(names.items()) if strength[i] >= faint]  # the reader looks names up by halving
        text = "\n".join(f for f, _ in kept).encode()
        np.savez_compressed(
            classifier.WEIGHTS,
            names=np.frombuffer(text, np.uint8),
            weights=whole[[i for _, i in kept]],
            bias=bias.astype(np.float32),
            scale=np.float32(scale),
        )
        if classifier.WEIGHTS.stat().st_size <= LARGEST:
            break
    print(f"{len(kept)} features of {faint}/127 and more, {classifier.WEIGHTS.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--variants", type=int, default=VARIANTS)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--triggers", action="store_true")
    parser.add_argument("--ordinary", type=Path, nargs="*", default=[])
    parser.add_argument("--predict", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    ruleset = load_with_cases()
    ordinary = [line for path in args.ordinary for line in path.read_text(encoding="utf-8").splitlines() if line]
    if args.predict:
        _predict(plan_of(ruleset), args.predict)
    elif args.triggers:
        _write_triggers(ruleset, ordinary)
    elif args.compile:
        SHIPPED.write_text(compiled(), encoding="utf-8")
    else:
        _train(ruleset, args.variants, args.misses, ordinary)


def _train(ruleset: RuleSet, variants: int, misses: int, ordinary: list[str]) -> None:
    plan = plan_of(ruleset)
    learnt = examples([p for p in styles() if not p.stem.startswith("heldout")], variants)
    learnt += from_cases(ruleset, variants)
    learnt += [Example(line[:WHOLE], 0, "ordinary") for line in dict.fromkeys(ordinary)]
    learnt += wrapped(learnt, WRAP)
    learnt += amid(learnt, AMID)
    held = examples([p for p in styles() if p.stem.startswith("heldout")], 1)
    rows = features_of([e.text for e in learnt], plan)
    names = vocabulary(rows, LEAST)
    indexed = [np.array(sorted(names[f] for f in row if f in names)) for row in rows]
    print(f"{len(learnt)} texts, {len(names)} features")
    counts = [BY_HAND if e.style.startswith(("hands", "cases")) else 1.0 for e in learnt]
    weights, bias = train(indexed, [e.channel for e in learnt], counts, len(names))
    save(names, weights, bias)
    classifier._model.cache_clear()
    found = features_of([e.text for e in held], plan)
    scored = np.array([classifier.probabilities(f) for f in found])
    labels = [e.channel for e in held]
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(
            f"held out, threshold {threshold}: macro F1 %.3f, negatives clean %.3f"
            % measure(scored, labels, threshold)
        )
    wrong = [(e, s) for e, s in zip(held, scored, strict=True) if e.channel != int(s.argmax())]
    for example, score in wrong[:misses]:
        print(f"  {example.channel} -> {int(score.argmax())} ({score.max():.2f}) {example.text[:80]}")


def _write_triggers(ruleset: RuleSet, chat: list[str]) -> None:
    """Greedy cover: short Han pieces, so that nearly every telling text holds two triggers and few others
    do.
    """
    learnt = examples([p for p in styles() if not p.stem.startswith("heldout")], 8) + from_cases(ruleset, 4)
    by_hand = [
        fold(w) for x in ruleset.lexicons.values() if x.trigger and x.name != "_learned" for w in x.words
    ]
    pieces = [_pieces(fold(e.text)) for e in learnt if e.channel]
    cover = [sum(w in fold(e.text) for w in by_hand) for e in learnt if e.channel]
    ordinary = Counter(p for e in learnt if not e.channel for p in _pieces(fold(e.text)))
    ordinary.update(piece for line in chat for piece in _pieces(fold(line)) for _ in range(2))
    where: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(pieces):
        for piece in found:
            where[piece].append(number)
    chosen: list[str] = []
    while len(chosen) < MOST_TRIGGERS:
        gains = {
            p: sum((1.0, 0.35)[cover[n]] for n in ns if cover[n] < 2) / (30 + ordinary[p])
            for p, ns in where.items()
        }
        best = max(gains, key=lambda piece: gains[piece])
        if gains[best] < LEAST_GAIN:
            break
        chosen.append(best)
        for number in where.pop(best):
            cover[number] += 1
    rows = "".join(f"      - {' '.join(chosen[i : i + 20])}\n" for i in range(0, len(chosen), 20))
    TRIGGERS.write_text(TRIGGERS_HEAD + rows, encoding="utf-8")
    print(f"{len(chosen)} triggers; {sum(c == 0 for c in cover)} of {len(cover)} telling texts hold none")


def _pieces(folded: str) -> set[str]:
    pieces = {folded[i : i + n] for n in (2, 3) for i in range(len(folded) - n + 1)}
    return {piece for piece in pieces if all("\u4e00" <= c <= "\u9fff" for c in piece)}


def _predict(plan: Plan, path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        (found,) = features_of([row["text"]], plan)
        scored = classifier.probabilities(found)
        best = max(range(CLASSES), key=lambda c: scored[c])
        wanted = row.get("expected_channels") or ([row["channel"]] if row.get("label") == "positive" else [])
        if best not in (wanted or [0]):
            print(f"{wanted} -> {best} ({scored[best]:.2f}) {row['text'][:90]!r}")


if __name__ == "__main__":
    main()
