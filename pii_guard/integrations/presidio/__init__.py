"""The China pack that Presidio lacks: our detectors as Presidio recognizers.

    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from pii_guard.integrations import presidio

    registry = RecognizerRegistry(supported_languages=["zh"])
    presidio.add_to(registry)
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=NoOpNlpEngine(models=[{"lang_code": "zh", "model_name": ""}]),
        supported_languages=["zh"],
    )
    engine.analyze("我的手机号是13800138000", language="zh")

or `presidio.analyzer()` for just that.  Needs the extra: `pip install 'pii-guard-cn[presidio]'`.  The other
way round, `pii-guard scan --with presidio[:FILE]`, is companion.py.  Presidio is imported when a function
is called, never when this module is: it costs two CPU seconds and a hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pii_guard.config import Settings
from pii_guard.errors import UsageError
from pii_guard.integrations.presidio.names import from_presidio
from pii_guard.integrations.presidio.names import to_presidio
from pii_guard.scanner import Scanner

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer import RecognizerRegistry

    from pii_guard.integrations.presidio.recognizer import PiiGuardRecognizer

__all__ = ["add_to", "analyzer", "from_presidio", "recognizers", "to_presidio"]


def recognizers(
    types: Iterable[str] = (),
    *,
    scanner: Scanner | None = None,
    language: str = "zh",
    vocabulary: str = "presidio",
) -> list[PiiGuardRecognizer]:
    """Our recognizers, one an entity type: of `types` (our names), else of all that the scanner knows.

    All types compete for a value whether asked for or not: a bank card is no IMEI, also when only IMEI is
    wanted.  `vocabulary` is presidio (PHONE_NUMBER) or pii_guard (MOBILE_PHONE).  The scanner's
    `min_confidence` (medium) decides what comes out at all.
    """
    from pii_guard.integrations.presidio.recognizer import Detection
    from pii_guard.integrations.presidio.recognizer import PiiGuardRecognizer

    if vocabulary not in ("presidio", "pii_guard"):
        raise UsageError("vocabulary 应为 presidio 或 pii_guard")
    scanner = scanner or Scanner(Settings())
    wanted = tuple(types) or tuple(sorted(scanner.entities))
    if unknown := set(wanted) - set(scanner.entities):
        raise UsageError(f"未知的类型: {', '.join(sorted(unknown))}")
    detection = Detection(scanner)
    name = to_presidio if vocabulary == "presidio" else str
    return [PiiGuardRecognizer(scanner.entities[t], detection, name(t), language) for t in wanted]


def add_to(
    registry: RecognizerRegistry,
    types: Iterable[str] = (),
    *,
    scanner: Scanner | None = None,
    language: str = "zh",
    vocabulary: str = "presidio",
) -> None:
    """Add our recognizers to a registry; it must support `language` as the engine does."""
    for recognizer in recognizers(types, scanner=scanner, language=language, vocabulary=vocabulary):
        registry.add_recognizer(recognizer)


def analyzer(
    types: Iterable[str] = (), *, scanner: Scanner | None = None, vocabulary: str = "presidio"
) -> AnalyzerEngine:
    """An AnalyzerEngine for Chinese with our recognizers and Presidio's no-op NLP engine: no model needed."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer import RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    registry = RecognizerRegistry(supported_languages=["zh"])
    add_to(registry, types, scanner=scanner, vocabulary=vocabulary)
    nothing = NoOpNlpEngine(models=[{"lang_code": "zh", "model_name": ""}])
    return AnalyzerEngine(registry=registry, nlp_engine=nothing, supported_languages=["zh"])
