"""rules/ is no code, so it stands beside the package; a wheel carries it inside, as pii_guard/rules.

Everything else about the build stands in pyproject.toml.  Copied while building rather than mapped with
`package-dir`: a second mapping would turn the editable install from one plain path into an import hook.
"""

from __future__ import annotations

import shutil
from compileall import compile_dir
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithRules(build_py):
    """The package, and the rules with it."""

    def run(self) -> None:
        """Copy the code, then the rules; an editable install reads both where they are, but compiled: pip compiles
        what it copies, and nothing here, which would cost each start as much again where bytecode is not written.
        """
        super().run()
        if self.editable_mode:
            compile_dir("pii_guard", quiet=2)
        else:
            target = Path(self.build_lib, "pii_guard", "rules")
            shutil.rmtree(target, ignore_errors=True)  # a rule deleted since the last build must not ship
            shutil.copytree("rules", target, ignore=shutil.ignore_patterns("__pycache__", "*.py"))


setup(cmdclass={"build_py": BuildWithRules})
