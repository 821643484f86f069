"""Presidio's recognizers beside ours: `scan --with presidio[:FILE]`.

A text goes through the engine in windows of a few thousand characters, because Presidio's context scoring is
quadratic in the hits of a text; each window sees some text around it and keeps the hits that begin in it.

Scores are Presidio's, with one change.  It gives 1.0 to whatever passes a check digit; a bare run of digits
does so by chance (DE_TAX_ID: one in eleven), so without a context word such a run keeps the score of its
pattern.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer import RecognizerResult

from pii_guard.detect.context import split_header
from pii_guard.detect.rules import Entity
from pii_guard.errors import PiiGuardError
from pii_guard.errors import UnreadableError
from pii_guard.integrations.presidio.configuration import build
from pii_guard.integrations.presidio.names import from_presidio
from pii_guard.model import CELL_BREAK
from pii_guard.model import Hit

SIZE, BEFORE, AFTER = 4000, 100, 300
CEILING = 0.99
_WALL = "\x01"  # stands for CELL_BREAK, which regular expressions take for white space
_NOT_PERSONAL = frozenset(("DATE_TIME", "UUID", "ORGANIZATION"))
_SEPARATORS = str.maketrans("", "", " -./")
_COUNTRIES = dict(
    pair.split(":")
    for pair in [
        "au:澳大利亚",
        "ca:加拿大",
        "de:德国",
        "es:西班牙",
        "fi:芬兰",
        "in:印度",
        "it:意大利",
        "kr:韩国",
        "ng:尼日利亚",
        "ph:菲律宾",
        "pl:波兰",
        "se:瑞典",
        "sg:新加坡",
        "th:泰国",
        "tr:土耳其",
        "uk:英国",
        "us:美国",
        "za:南非",
    ]
)


class PresidioCompanion:
    """An AnalyzerEngine as a companion of our detectors."""

    def __init__(self, engine: AnalyzerEngine) -> None:
        self._engine = engine
        self.entities: Sequence[Entity] = tuple(_entities(engine).values())

    def find(self, text: str, *, header: str | None = None) -> list[Hit]:
        """Presidio's hits; a header counts as context.  UnreadableError where it fails: no skip passes."""
        context = re.findall(r"\w+", split_header(header)) if header else []
        walled = text.replace(CELL_BREAK, _WALL)
        return [
            hit._replace(start=hit.start + base, end=hit.end + base)
            for base, begin, window in _windows(walled)
            for hit in self._in_window(window, context)
            if begin <= hit.start + base < begin + SIZE
        ]

    def _in_window(self, window: str, context: list[str]) -> Iterator[Hit]:
        for language in self._engine.supported_languages:
            for result in self._analyze(window, language, context):
                value = window[result.start : result.end]
                if value and _WALL not in value:
                    yield _hit(result, value)

    def _analyze(self, window: str, language: str, context: list[str]) -> list[RecognizerResult]:
        try:
            with _no_time_out():
                results: list[RecognizerResult] = self._engine.analyze(
                    window, language=language, context=context, return_decision_process=True
                )
        except PiiGuardError:
            raise
        except Exception as error:  # noqa: BLE001 - the message may hold the text; the document is reported unscanned
            raise UnreadableError("companion", f"presidio: {type(error).__name__}") from None
        return results


def companion(path: Path | None) -> PresidioCompanion:
    """Presidio with the configuration of a file, or with all that it ships."""
    return PresidioCompanion(build(path))


def _windows(text: str) -> Iterator[tuple[int, int, str]]:
    for begin in range(0, len(text), SIZE):
        base = max(0, begin - BEFORE)
        yield base, begin, text[base : begin + SIZE + AFTER]


def _hit(result: RecognizerResult, value: str) -> Hit:
    why = result.analysis_explanation
    metadata: Mapping[str, str] = result.recognition_metadata or {}
    reasons = [f"presidio:{metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, '')}"]
    score = float(result.score)
    word = why.supportive_context_word if why is not None else ""
    if word:
        reasons.append(f"keyword:{word}")
    if why is not None and why.validation_result:
        reasons.append("check_digit")
        if not word and value.translate(_SEPARATORS).isdigit():
            score = float(why.original_score)
    return Hit(
        result.start,
        result.end,
        from_presidio(result.entity_type),
        min(round(score, 2), CEILING),
        tuple(reasons),
    )


def _entities(engine: AnalyzerEngine) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for recognizer in engine.registry.recognizers:
        country = _COUNTRIES.get(recognizer.country_code() or "", "")
        for theirs in recognizer.get_supported_entities():
            ours = from_presidio(theirs)
            sensitivity = 0 if ours in _NOT_PERSONAL else 2 if country else 1
            found.setdefault(ours, Entity(ours, f"{country} {theirs}".strip(), theirs, sensitivity))
    return found


class _TimeOuts(logging.Filter):
    """Presidio logs that a regular expression ran out of time, and goes on as if nothing were there."""

    def __init__(self) -> None:
        super().__init__()
        self.watched = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        """Turn that message, in a scan of ours, into an error."""
        if getattr(self.watched, "on", False) and record.exc_info and record.exc_info[0] is TimeoutError:
            raise UnreadableError("companion", "presidio: 正则超时")
        return True


_TIME_OUTS = _TimeOuts()
logging.getLogger("presidio-analyzer").addFilter(_TIME_OUTS)


@contextmanager
def _no_time_out() -> Iterator[None]:
    _TIME_OUTS.watched.on = True
    try:
        yield
    finally:
        _TIME_OUTS.watched.on = False
