"""One Scanner, many texts, many threads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pii_guard.model import Finding
from pii_guard.scanner import Scanner

LINE = "客服：您好\n我叫张建国，手机号1380013{:04d}，身份证号：11010519491231002X，１３８００１３８０００\n"


def seen(findings: list[Finding]) -> list[tuple[str, int, int, float]]:
    return [(f.entity_type, f.start, f.end, f.score) for f in findings]


def test_a_fresh_scanner_shared_by_threads_finds_what_one_thread_finds() -> None:
    texts = [LINE.format(n) for n in range(40)] + ["闲话。" * 22000 + LINE.format(n) * 20 for n in range(2)]
    expected = [seen(Scanner().scan_text(text)) for text in texts[:1]] + [
        seen(f) for f in Scanner().scan_texts(texts[1:])
    ]
    shared = Scanner()
    start = Barrier(8)

    def work(text: str, first: bool) -> list[tuple[str, int, int, float]]:
        if first:
            start.wait(10)  # all threads meet the scanner before anything in it is made
        return seen(shared.scan_text(text))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, texts, [n < 8 for n in range(len(texts))])) == expected


def test_texts_stream_one_by_one() -> None:
    asked: list[int] = []

    def texts() -> Iterator[str]:
        for n in range(3):
            asked.append(n)
            yield LINE.format(n)

    results = Scanner().scan_texts(texts())
    assert len(next(results)) >= 3
    assert asked == [0]


def test_one_text_never_bears_on_another() -> None:
    texts = ["我叫张建国", "建国说好的", "手机号", "13800138000"]
    together = [seen(f) for f in Scanner().scan_texts(texts)]
    assert together == [seen(Scanner().scan_text(text)) for text in texts]


def test_a_stream_gives_the_offsets_of_the_whole_text() -> None:
    rule = ("-" * 79 + "\n") * 1000
    text = "".join(rule + LINE.format(n) for n in range(40))  # several blocks
    scanner = Scanner()
    phones = [
        f for f in scanner.scan_stream(io.BytesIO(text.encode("gb18030"))) if f.entity_type == "MOBILE_PHONE"
    ]
    assert all(text[f.start : f.end] == f.value.reveal() for f in phones)
    assert [f.line for f in phones[::2]] == [1002 * (n + 1) for n in range(40)]
