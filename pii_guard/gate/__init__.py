"""The gate: what a run's findings mean for a commit, a merge or a release.

`Policy` says what may pass, `Exceptions` which findings are excused and whether they may be, `Judge` counts
the rest and gives the `Verdict`.
"""
