"""Compiles what click says in Chinese: tools/click_zh_CN.po to pii_guard/data/locale, as gettext reads it.

    python -m tools.make_click_words
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).with_name("click_zh_CN.po")
TARGET = Path(__file__).parent.parent / "pii_guard" / "data" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo"


def compiled() -> bytes:
    """The catalogue as GNU gettext stores it."""
    with SOURCE.open("rb") as stream:
        catalogue = read_po(stream, locale="zh_CN")
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Write it."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(compiled())


if __name__ == "__main__":
    main()
