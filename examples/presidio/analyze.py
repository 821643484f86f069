"""Find Chinese personal data inside Presidio, and mask it with presidio-anonymizer."""

from __future__ import annotations

from pathlib import Path

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig

from pii_guard.integrations import presidio

text = (Path(__file__).parent / "mixed.txt").read_text(encoding="utf-8").splitlines()[0]

analyzer = presidio.analyzer()  # or presidio.add_to(registry) on a registry of your own
results = analyzer.analyze(text, language="zh", return_decision_process=True)
for result in sorted(results, key=lambda r: r.start):
    why = result.analysis_explanation
    print(
        f"{result.entity_type:<14}{result.start:>3}-{result.end:<3}{result.score:.2f}  {why.supportive_context_word}"
    )

operators = {
    "PHONE_NUMBER": OperatorConfig("mask", {"masking_char": "*", "chars_to_mask": 4, "from_end": True}),
    "DEFAULT": OperatorConfig("replace"),
}
print(AnonymizerEngine().anonymize(text, results, operators).text)
