"""One of our detectors as a Presidio `EntityRecognizer`.

All our recognizers of an engine share one detection of a text, because which of two overlapping values
stays is decided between all types, and because 30 recognizers must not search a text 30 times.  The
detection is kept as long as the call's NLP artifacts live, so no text outlives its call.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from presidio_analyzer import AnalysisExplanation
from presidio_analyzer import EntityRecognizer
from presidio_analyzer import RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pii_guard.detect.evidence import weigh
from pii_guard.detect.rules import Entity
from pii_guard.integrations.presidio.names import recognizer_name
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.scanner import Scanner
from pii_guard.text.offsets import TextLocator

TYPE_KEY = "pii_guard_entity_type"
REASONS_KEY = "pii_guard_reasons"
_PASSED = frozenset(("check_digit", "luhn"))


class Detection:
    """The hits of the text that an engine is at, found once for all recognizers."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._found: WeakKeyDictionary[NlpArtifacts, tuple[str, list[Hit]]] = WeakKeyDictionary()

    def hits(self, text: str, call: NlpArtifacts | None) -> list[Hit]:
        """Hits of a text; `call` is what the engine made for this one call."""
        known = self._found.get(call) if call is not None else None
        if known is not None and known[0] == text:
            return known[1]
        hits = self._scanner.hits(Segment(text, TextLocator(text)))
        if call is not None:
            self._found[call] = (text, hits)
        return hits


class PiiGuardRecognizer(EntityRecognizer):
    """Finds one entity type; `supported_entities` holds its name in the chosen vocabulary."""

    COUNTRY_CODE = "cn"

    def __init__(
        self, entity: Entity, detection: Detection, presidio_name: str, language: str = "zh"
    ) -> None:
        self.entity = entity
        self._detection = detection
        super().__init__(
            supported_entities=[presidio_name],
            name=recognizer_name(entity.entity_type),
            supported_language=language,
        )

    def load(self) -> None:
        """Nothing to load: patterns compile when first needed."""

    def analyze(
        self, text: str, entities: list[str] | None, nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Results of this type; our context words and check digits are already weighed in.

        `entities` chooses between recognizers, which the engine has done; ad-hoc ones are not even in it.
        """
        ours = self.entity.entity_type
        return [
            self._result(hit) for hit in self._detection.hits(text, nlp_artifacts) if hit.entity_type == ours
        ]

    def validate_result(self, pattern_text: str) -> bool | None:
        """Whether a value is well-formed, its check digit included; None where that cannot be told."""
        return weigh(self.entity.validator, pattern_text).valid

    def _result(self, hit: Hit) -> RecognizerResult:
        explanation = AnalysisExplanation(
            recognizer=self.name,
            original_score=round(hit.score, 2),
            pattern_name=self.entity.entity_type,
            validation_result=_validation(hit),
            textual_explanation=f"Detected by `{self.name}`: {', '.join(hit.reasons) or 'pattern'}",
        )
        word = next((r.partition(":")[2] for r in hit.reasons if r.startswith(("keyword:", "near:"))), "")
        explanation.set_supportive_context_word(word)
        return RecognizerResult(
            entity_type=self.supported_entities[0],
            start=hit.start,
            end=hit.end,
            score=round(hit.score, 2),
            analysis_explanation=explanation,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY: True,  # ours is: no second helping
                TYPE_KEY: hit.entity_type,
                REASONS_KEY: list(hit.reasons),
            },
        )


def _validation(hit: Hit) -> bool | None:
    if "mistyped" in hit.reasons:
        return False
    return True if _PASSED.intersection(hit.reasons) else None
