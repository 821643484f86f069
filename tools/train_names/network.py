"""The name network in JAX, for training: two bidirectional layers of GRUs and a linear layer.

`Weights` maps the names of export_network.py to matrices.  Batches are padded; `mask` tells what is text.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
from export_network import HIDDEN

Weights = dict[str, jax.Array]
Noise = tuple[jax.Array, jax.Array]


def _direction(weights: Weights, name: str, x: jax.Array, mask: jax.Array, back: bool) -> jax.Array:
    inputs = x @ weights["w" + name].T + weights["b" + name][: 3 * HIDDEN]

    def step(h: jax.Array, now: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        x, real = now
        past = h @ weights["r" + name].T + weights["b" + name][3 * HIDDEN :]
        keep, reset = jnp.split(jax.nn.sigmoid(x[:, : 2 * HIDDEN] + past[:, : 2 * HIDDEN]), 2, axis=1)
        new = jnp.tanh(x[:, 2 * HIDDEN :] + reset * past[:, 2 * HIDDEN :])
        h = jnp.where(real[:, None], new + keep * (h - new), h)
        return h, h

    start = jnp.zeros((x.shape[0], HIDDEN))
    return jax.lax.scan(step, start, (inputs.swapaxes(0, 1), mask.T), reverse=back)[1].swapaxes(0, 1)


def logits(weights: Weights, rows: jax.Array, mask: jax.Array, noise: Noise | None = None) -> jax.Array:
    """Scores of all tags, batch by character by tag; `noise` multiplies the embedding and the first layer."""
    x = weights["embedding"][rows]
    for layer in (0, 1):
        x = x * noise[layer] if noise else x
        ways = [_direction(weights, f"{layer}{way}", x, mask, back=bool(way)) for way in (0, 1)]
        x = jnp.concatenate(ways, -1)
    return x @ weights["out"].T + weights["out_bias"]


def verdicts(scores: jax.Array, first: int, inner: int) -> jax.Array:
    """Log-probabilities of: first character of a name, inner character, anything else."""
    rest = [i for i in range(scores.shape[-1]) if i not in (first, inner)]
    others = jax.nn.logsumexp(scores[..., jnp.array(rest)], -1)
    return jax.nn.log_softmax(jnp.stack([scores[..., first], scores[..., inner], others], -1), -1)
