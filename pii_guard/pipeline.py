"""The wiring, on one screen: source -> format -> detect -> events.

An event is a Finding, a Violation of a rule or, last of a document, its DocumentStatus.  Events flow as they arise, so
memory stays flat however large a file is.  Small documents are detected together in packs, because calling the
engine costs more than reading a page; nothing reaches across the break between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import field
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from pii_guard.config import Settings
from pii_guard.detect.together import SMALL
from pii_guard.detect.together import join
from pii_guard.detect.together import name_segment
from pii_guard.errors import UnreadableError
from pii_guard.errors import UsageError
from pii_guard.formats import HEAD
from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.model import CELL_BREAK
from pii_guard.model import Annotation
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.model import Violation
from pii_guard.records import dataclass
from pii_guard.scanner import Scanner

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pii_guard.talks import Message

Event = Finding | Violation | Annotation | DocumentStatus
Source = Document | DocumentStatus  # what could not even be opened comes as its status
PACK = 1 << 20  # bytes of small documents detected together
_BY_PLACE = attrgetter("line", "column")


def scan(sources: Iterable[Source], scanner: Scanner) -> Iterator[Event]:
    """All events of the sources, in their order; `settings.jobs` processes share the packs."""
    packs = _packs(sources)
    if scanner.settings.jobs <= 1:
        for pack in packs:
            yield from scan_pack(pack, scanner)
    else:
        yield from _in_processes(packs, replace(scanner.settings, key=scanner.key))


def scan_pack(pack: Iterable[Source], scanner: Scanner) -> Iterator[Event]:
    """Events of some documents: the small ones detected in one go, large ones as streams."""
    loads = [_load(source, scanner) for source in pack]
    try:
        _detect_together(loads, scanner)
    except UsageError:
        raise
    except Exception:  # noqa: BLE001 - something failed on one of them: each is tried alone, only that one is lost
        for load in loads:
            _detect_alone(load, scanner)
    for load in loads:
        yield from load.events(scanner)


@dataclass(slots=True)
class _Part:
    """A segment and, once detected, its hits."""

    segment: Segment
    hits: list[Hit] = field(default_factory=list)


@dataclass(slots=True)
class _Load:
    """A document on its way through: its name, and either its parts or the stream they come from."""

    path: str
    shown: str
    size: int = 0
    parts: list[_Part] = field(default_factory=list)
    stream: Iterator[Segment] | None = None
    rows: dict[str, int] = field(default_factory=dict)  # cells seen under each header
    status: DocumentStatus | None = None
    document: Document | None = None  # of the parts
    spoken: list[Message] = field(default_factory=list)  # the last messages of the stretch before

    def events(self, scanner: Scanner) -> Iterator[Event]:
        """Findings, then the status; an error on the way ends the document, not the scan."""
        count = 0
        failure: DocumentStatus | None = self.status
        if self.parts:
            self.shown = scanner.shown_path(self.path, self.parts[0].hits)
        try:
            for event in self._judged(scanner):
                count += isinstance(event, Finding)
                yield event if self.shown == self.path else event._replace(path=self.shown)
        except UsageError:
            raise
        except UnreadableError as error:
            failure = _failed(self.shown, error)
        except OSError as error:
            failure = _failed(self.shown, UnreadableError("unreadable", error.strerror or type(error).__name__))
        except Exception as error:  # noqa: BLE001 - one bad file never stops a scan, and never passes as clean
            failure = _failed(self.shown, UnreadableError("internal", type(error).__name__))
        done = failure or DocumentStatus(self.shown, "scanned")
        yield replace(done, path=self.shown, bytes=self.size, findings=count, rows=max(self.rows.values(), default=0))

    def _judged(self, scanner: Scanner) -> Iterator[Finding | Violation | Annotation]:
        """Findings in the order of lines and the rules they break; a stream is judged segment by segment."""
        if self.parts:
            yield from self._together(self.parts, scanner)
        for segments in _stretches(self.stream or ()):
            yield from self._together([_Part(segment, scanner.hits(segment)) for segment in segments], scanner)

    def _together(self, parts: Sequence[_Part], scanner: Scanner) -> Iterator[Finding | Violation | Annotation]:
        placed = [
            tuple(_labelled(finding, scanner) for finding in scanner.place(part.hits, part.segment, self.path))
            for part in parts
        ]
        found: Iterable[Finding] = (finding for of_part in placed for finding in of_part)
        violations: Sequence[Violation | Annotation] = ()
        for part in parts:
            if header := part.segment.header:
                self.rows[header] = self.rows.get(header, 0) + part.segment.text.count(CELL_BREAK) + 1
        if scanner.links_people:
            from pii_guard.linking import link

            linked = iter(link([finding for of_part in placed for finding in of_part]))
            placed = [tuple(islice(linked, len(of_part))) for of_part in placed]
            found = (finding for of_part in placed for finding in of_part)
        if scanner.settings.judge:
            from pii_guard.judging import judged

            segments = [part.segment for part in parts]
            hits = [part.hits for part in parts]
            found, violations = judged(
                scanner, self.path, segments, hits, placed, self.document, self.spoken
            )
        yield from sorted(found, key=_BY_PLACE)
        yield from violations


def _labelled(finding: Finding, scanner: Scanner) -> Finding:
    """The finding with the labels of its place as they may be shown."""
    anchor = finding.anchor
    if anchor.part is None and anchor.column is None and anchor.key is None:
        return finding
    part, column, key = (label and scanner.shown(label) for label in (anchor.part, anchor.column, anchor.key))
    if (part, column, key) == (anchor.part, anchor.column, anchor.key):
        return finding
    return finding._replace(anchor=anchor._replace(part=part, column=column, key=key))


def _stretches(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Segments that are judged together: the columns of one batch of rows, or one block of text."""
    together: list[Segment] = []
    for segment in segments:
        if together and (segment.header is None or (segment.header, segment.role) in {(s.header, s.role) for s in together}):
            yield together
            together = []
        together.append(segment)
        if segment.header is None:
            yield together
            together = []
    if together:
        yield together


def _load(source: Source, scanner: Scanner) -> _Load:
    if isinstance(source, DocumentStatus):
        return _Load(source.path, source.path, status=source, parts=[_Part(name_segment(source.path))])
    load = _Load(source.path, source.path, source.size or 0, [_Part(name_segment(source.path))])
    try:
        with source.open() as stream:
            head = stream.read(HEAD)
        segments = find_format(source, head).read(source)
        if source.size is not None and source.size <= SMALL:
            load.document = source
            load.parts.extend(map(_Part, segments))
        else:
            load.stream = segments
    except UnreadableError as error:
        load.status = _failed(source.path, error)
    except OSError as error:
        load.status = _failed(source.path, UnreadableError("unreadable", error.strerror or type(error).__name__))
    except Exception as error:  # noqa: BLE001 - as above
        load.status = _failed(source.path, UnreadableError("internal", type(error).__name__))
    return load


def _detect_together(loads: Sequence[_Load], scanner: Scanner) -> None:
    """Fill in the hits of all parts; those without a header as one text."""
    parts = [part for load in loads for part in load.parts]
    for part in parts:
        if part.segment.header:
            part.hits = scanner.hits(part.segment)
    joined = join([part.segment for part in load.parts] for load in loads)
    for hit in scanner.hits(joined.segment) if joined.numbers else ():
        number, start = joined.where(hit.start)
        parts[number].hits.append(hit._replace(start=hit.start - start, end=hit.end - start))


def _detect_alone(load: _Load, scanner: Scanner) -> None:
    """Fill in the hits of one document; where that fails it is unscanned."""
    for part in load.parts:
        try:
            part.hits = scanner.hits(part.segment)
        except UsageError:
            raise
        except UnreadableError as error:
            load.status = load.status or _failed(load.path, error)
        except Exception as error:  # noqa: BLE001 - becomes a listed, failing entry
            load.status = load.status or _failed(load.path, UnreadableError("internal", type(error).__name__))


def _failed(path: str, error: UnreadableError) -> DocumentStatus:
    status = "skipped" if error.reason in SKIPPED else "unscanned"
    return DocumentStatus(path, status, error.reason, str(error))


def _packs(sources: Iterable[Source]) -> Iterator[list[Source]]:
    pack: list[Source] = []
    weight = 0
    for source in sources:
        size = source.size if isinstance(source, Document) else 0
        if size is None or size > SMALL:
            if pack:
                yield pack
            yield [source]
            pack, weight = [], 0
            continue
        pack.append(source)
        weight += size + 256
        if weight > PACK:
            yield pack
            pack, weight = [], 0
    if pack:
        yield pack


def _in_processes(packs: Iterator[list[Source]], settings: Settings) -> Iterator[Event]:
    from pii_guard.workers import Workers

    with Workers(settings) as workers:
        waiting: list[Future[list[Event]]] = []
        for pack in packs:
            waiting.append(workers.submit(_work, pack))
            if len(waiting) > 2 * settings.jobs:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _work(pack: list[Source], scanner: Scanner) -> list[Event]:
    return list(scan_pack(pack, scanner))
