"""Train the gate (pii_guard/data/person_gate.bin): may a name begin here?

    python tools/train_names/train_gate.py [crosswoz.jsonl]

A small network looks at the characters from three before to three behind a possible start.  Its input is the
embedding of the big network, its labels are what the big network finds in our training texts, and where the
names were put.  The first layer is folded into one 8-bit table a place, so that judging a start is seven
look-ups.  Seed fixed; some minutes on one core.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import numpy as np
import texts

from pii_guard.detect.person import batched
from pii_guard.detect.person import model
from pii_guard.detect.person.alphabet import rows
from pii_guard.detect.person.gate import possible
from pii_guard.detect.person.spans import spans

TARGET = Path(__file__).parents[2] / "pii_guard" / "data" / "person_gate.bin"
SEED, HIDDEN, PLACES = 20241121, 20, range(-3, 4)
EPOCHS, BATCH, RATE = 7, 2048, 2e-3
NEAR, SURE = -1.0, 0.5  # what weighs between the two teaches nothing


def labelled(crosswoz: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the embedding around every candidate, and whether a name begins there."""
    made = texts.all_texts(SEED, crosswoz)
    whole = [model.windows(text, [m.start() for m in possible().finditer(text)]) for text, _ in made]
    stretches = [text[a:b] for (text, _), places in zip(made, whole, strict=True) for a, b in places]
    found = iter(batched.evidence(stretches))
    known = rows()
    inputs, labels = [], []
    for (text, gold), places in zip(made, whole, strict=True):
        weighed = {
            s.start: s.weight for start, _ in places for s in spans(text, start, next(found), least=NEAR)
        }
        yes = {*gold, *(start for start, weight in weighed.items() if weight > SURE)}
        for start in (match.start() for match in possible().finditer(text)):
            if start in weighed and start not in yes:
                continue  # the teacher does not know
            around = (text[start + k : start + k + 1] if start + k >= 0 else "" for k in PLACES)
            inputs.append([known.get(char, 0) for char in around])
            labels.append(start in yes)
    return np.array(inputs), np.array(labels, np.float32)


def train(inputs: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """First layer, its bias, second layer and its bias, by Adam on the logistic loss."""
    table, scale = batched._embedding()
    embedding = (table * scale[:, None].astype(np.float32)).astype(np.float32)
    rng = np.random.default_rng(SEED)
    size = embedding.shape[1] * len(PLACES)
    params = [rng.normal(0, 0.03, (size, HIDDEN)), np.zeros(HIDDEN), rng.normal(0, 0.3, HIDDEN), np.zeros(1)]
    params = [p.astype(np.float32) for p in params]
    first, second = [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params]
    step = 0
    for epoch in range(EPOCHS):
        loss = 0.0
        for chosen in np.array_split(rng.permutation(len(labels)), len(labels) // BATCH):
            step += 1
            x = embedding[inputs[chosen]].reshape(len(chosen), -1)
            seen = rng.random((len(chosen), len(PLACES), 1)) > 0.05
            x = x * seen.repeat(embedding.shape[1], 2).reshape(x.shape)
            before = x @ params[0] + params[1]
            hidden = np.maximum(before, 0)
            guess = 1 / (1 + np.exp(-(hidden @ params[2] + params[3])))
            error = (guess - labels[chosen]) * np.where(labels[chosen] > 0, 3.0, 1.0) / len(chosen)
            back = error[:, None] * params[2] * (before > 0)
            slopes = [x.T @ back, back.sum(0), hidden.T @ error, error.sum(keepdims=True)]
            rate = RATE * (1 - epoch / EPOCHS)
            for p, g, m, v in zip(params, slopes, first, second, strict=True):
                m[...] += 0.1 * (g - m)
                v[...] += 0.001 * (g * g - v)
                p[...] -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
            right = np.where(labels[chosen] > 0, guess, 1 - guess)
            loss += float(-np.log(np.maximum(1e-6, right)).mean())
        print(f"epoch {epoch}: loss {loss / (len(labels) // BATCH):.4f}", flush=True)
    return params[0], params[1], params[2], float(params[3][0])


def main() -> None:
    """Train, fold, store."""
    inputs, labels = labelled(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print(f"{len(labels)} candidates, {labels.mean():.3f} names")
    held = np.arange(len(labels)) % 10 == 0
    layer, bias, out, shift = train(inputs[~held], labels[~held])
    table, scale = batched._embedding()
    embedding = table * scale[:, None]
    tables = np.stack([embedding @ part for part in np.split(layer.astype(np.float64), len(PLACES))])
    tables[list(PLACES).index(0)] += bias
    unit = np.abs(tables).max() / 127
    stored = np.round(tables / unit).astype(np.int8)
    weight = np.round(out * unit * 4096).astype(np.int32)
    offset = np.round(np.array([shift * 4096])).astype(np.int32)
    sums = sum(stored[k][inputs[held][:, k]].astype(np.int64) for k in range(len(PLACES)))
    score = (np.maximum(sums, 0) @ weight + offset) / 4096
    for share in (0.9, 0.97, 0.98, 0.99, 0.995):
        cut = np.quantile(score[labels[held] > 0], 1 - share)
        print(f"recall {share}: cut {cut:.2f}, passes {np.mean(score[labels[held] == 0] > cut):.4f} of the rest")
    raw = weight.tobytes() + offset.tobytes() + stored.tobytes()
    TARGET.write_bytes(zlib.compress(raw, 0))  # stored: unpacking took 4 ms of a start, and wheels are packed
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
