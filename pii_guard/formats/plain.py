"""Plain text: Markdown, logs, source code, configuration. The text is the file's, offset for offset."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.text import splice
from pii_guard.text.decode import Block
from pii_guard.text.decode import blocks
from pii_guard.text.offsets import TextLocator

NAME = "plain"
EXTRA: str | None = None
_SUFFIX_WORDS = (
    ".md .markdown .rst .adoc .tex .py .pyi .js .jsx .ts .tsx .mjs .cjs .java .kt .scala .groovy .go .rs "
    ".c .h .cc .cpp .hpp .cs .m .swift .rb .php .pl .lua .r .sh .bash .zsh .fish .ps1 .bat .cmd .sql "
    ".yaml .yml .toml .ini .cfg .conf .properties .env .css .scss .less .gradle .cmake .mk .proto "
    ".graphql .tf .diff .patch .srt .vtt .ics .vcf .lock .gitignore .dockerfile"
)
SUFFIXES = frozenset(_SUFFIX_WORDS.split())


def sniff(head: bytes) -> bool:
    """Plain text is what remains when nothing else fits."""
    return False


def read(document: Document) -> Iterator[Segment]:
    """One segment a block."""
    with document.open() as stream:
        yield from segments(blocks(stream))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The text with the edits made."""
    return splice.rewrite(document, segments, replace)


def segments(parts: Iterator[Block]) -> Iterator[Segment]:
    """Blocks as segments."""
    return map(segment, parts)


def segment(block: Block) -> Segment:
    """A block as it stands."""
    locator = TextLocator(block.text, block.offset, block.line, block.column, owns=block.owns, utf8=block.utf8)
    return Segment(block.text, locator, utf8=block.utf8)
