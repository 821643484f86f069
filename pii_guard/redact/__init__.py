"""Redaction: findings in, a text or document without them out, and the proof that they are gone."""

from __future__ import annotations

from pii_guard.redact.document import RedactionResult as RedactionResult
from pii_guard.redact.document import redact_document as redact_document
from pii_guard.redact.document import restore_document as restore_document
from pii_guard.redact.files import Outcome as Outcome
from pii_guard.redact.files import redact_bytes as redact_bytes
from pii_guard.redact.files import redact_file as redact_file
from pii_guard.redact.files import restore_file as restore_file
from pii_guard.redact.redactor import Redactor as Redactor
from pii_guard.redact.redactor import Spotted as Spotted
from pii_guard.redact.settings import Settings as Settings
from pii_guard.redact.text import RedactedText as RedactedText
from pii_guard.redact.text import redact_text as redact_text
from pii_guard.redact.text import restore_text as restore_text
from pii_guard.redact.verify import Problem as Problem
from pii_guard.redact.verify import verify as verify
