"""Number types on one corpus against other tools, in interleaved runs; prints ratios, asserts nothing.

    python -m benchmarks.throughput [CORPUS] [--rounds 5] [--peers PYTHON] [--sample 1]

Without a corpus 20 MB of chat are made.  ripgrep counts four patterns over the whole corpus while we write findings.  Slow peers (Python `re`, jionlp,
argus-redact, Presidio with our entity files) read the first `--sample` megabytes; PYTHON is the interpreter of an
environment that has them.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpora
from benchmarks.measure import Cost
from benchmarks.measure import cost
from benchmarks.measure import machine
from benchmarks.measure import ours
from benchmarks.measure import rounds
from pii_guard.version import VERSION

CORE = (
    r"(?-u)[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]",
    r"(?-u)1[3-9][0-9]{9}",
    r"(?-u)(?:3[4-7]|4[0-9]|5[1-5]|6[02])[0-9]{11,17}",
    r"(?-u)[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]{2,}",
)
_TIMED = """
import sys, time
text = open(sys.argv[1], encoding="utf-8").read()
{load}
run("预热 13800138000")
began = time.process_time()
count = run(text)
print(time.process_time() - began, count)
"""
PEERS = {  # name -> (distribution, the call)
    "Python re": ("", f"""
import re
patterns = [re.compile(p.replace("(?-u)", "")) for p in {CORE!r}]
def run(text): return sum(1 for p in patterns for _ in p.finditer(text))
"""),
    "jionlp": ("jionlp", """
import jionlp
calls = [jionlp.extract_id_card, jionlp.extract_phone_number, jionlp.extract_email, jionlp.extract_qq,
         jionlp.extract_url, jionlp.extract_ip_address]
def run(text): return sum(len(call(line)) for line in text.splitlines() for call in calls)
"""),
    "argus-redact": ("argus-redact", """
import argus_redact
def run(text): return sum(len(argus_redact.redact(line, mode="fast", lang="zh")[1]) for line in text.splitlines())
"""),
    "Presidio": ("presidio-analyzer", """
import glob, os
from presidio_analyzer import RecognizerRegistry
registry = RecognizerRegistry(recognizers=[], supported_languages=["zh"])
for path in sorted(glob.glob(os.path.join(os.environ["RULES"], "entities", "*.yaml"))):
    registry.add_recognizers_from_yaml(path)
names = [r for r in registry.recognizers if r.supported_entities[0] not in ("PERSON", "ADDRESS")]
def run(text):
    return sum(len(r.analyze(line, r.supported_entities, None) or ()) for line in text.splitlines() for r in names)
"""),
}


def peer(python: str, name: str, sample: Path) -> tuple[float, str] | None:
    """Processor seconds of a peer on the sample (its imports not counted), and its version; None: not installed."""
    distribution, load = PEERS[name]
    from pii_guard.detect.rulebook import shipped

    result = subprocess.run(
        [python, "-W", "ignore", "-c", _TIMED.format(load=load), str(sample)],
        capture_output=True, text=True, check=False, env={"RULES": str(shipped()), "PATH": "", "HOME": "/tmp"},
    )  # fmt: skip
    if result.returncode:
        print(f"{name}: {result.stderr.strip().splitlines()[-1][:160] if result.stderr else 'failed'}", file=sys.stderr)
        return None
    return float(result.stdout.split()[-2]), _version(python, distribution)


def _version(python: str, distribution: str) -> str:
    code = f"import importlib.metadata as m; print(m.version({distribution!r}))" if distribution else "import platform; print(platform.python_version())"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def against_rg(corpus: Path, count: int, folder: Path) -> dict[str, list[Cost]]:
    """Interleaved whole-process runs of ours and of ripgrep."""
    patterns = folder / "core.rg"
    patterns.write_text("\n".join(CORE) + "\n", encoding="ascii")
    commands: dict[str, Sequence[str]] = {"pii-guard": ours(corpus, "-o", str(folder / "found.jsonl"))}
    if rg := shutil.which("rg"):
        commands["ripgrep"] = [rg, "-j1", "-c", "--dfa-size-limit", "1G", "-f", str(patterns), str(corpus)]
    return rounds(commands, count)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--sample", type=float, default=1.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        corpus = given.corpus or Path(name) / "chat.txt"
        if given.corpus is None:
            corpora.write(corpora.chat(random.Random(1)), 20, corpus)
        compare(corpus, Path(name), given.rounds, given.sample, given.peers)
    return 0


def compare(corpus: Path, folder: Path, count: int, megabytes: float, python: str) -> None:
    """Print the table of one corpus; slow peers read its first `megabytes`."""
    size = corpus.stat().st_size / 1e6
    sample = folder / "sample.txt"
    head = corpus.read_bytes()[: int(megabytes * 1e6)]
    sample.write_bytes(head[: head.rfind(b"\n") + 1])
    cost(ours(sample))  # fills the caches
    found = against_rg(corpus, count, folder)
    print(f"{corpus.name}, {size:.0f} MB; {machine()}\n")
    print("| tool | version | ms/MB (CPU) | we are faster by |\n| --- | --- | --- | --- |")
    per_mb = statistics.median(c.cpu for c in found["pii-guard"]) / size * 1000
    print(f"| pii-guard, findings written | {VERSION} | {per_mb:.1f} | |")
    if "ripgrep" in found:
        ratio = statistics.median(b.cpu / a.cpu for a, b in zip(found["pii-guard"], found["ripgrep"], strict=True))
        rg = statistics.median(c.cpu for c in found["ripgrep"]) / size * 1000
        version = subprocess.run(["rg", "--version"], capture_output=True, text=True, check=False).stdout.split()[1]
        print(f"| ripgrep -j1 -c, four patterns | {version} | {rg:.1f} | {ratio:.2f} |")
    for title in PEERS:
        if (measured := peer(python, title, sample)) is not None:
            theirs = measured[0] / (sample.stat().st_size / 1e6) * 1000
            print(f"| {title} | {measured[1]} | {theirs:.0f} | {theirs / per_mb:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
