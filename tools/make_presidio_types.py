"""docs/presidio_types.md: our entity types and Presidio's names for them, from the code.

python tools/make_presidio_types.py            # write it
python tools/make_presidio_types.py --check    # exit 1 when the file is not what the code says
"""

from __future__ import annotations

import sys
from pathlib import Path

from pii_guard.detect import rulebook
from pii_guard.integrations.presidio.names import table

TARGET = Path(__file__).parent.parent / "docs" / "presidio_types.md"


def main(arguments: list[str]) -> int:
    """Write or check the table."""
    made = table(rulebook.load())
    if arguments == ["--check"]:
        same = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == made
        if not same:
            print(f"{TARGET.name}: 过期，请运行 python tools/make_presidio_types.py", file=sys.stderr)
        return 0 if same else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
