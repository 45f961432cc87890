"""What all tests share: a home of their own, and the same examples on every run of the CI."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

# Tests neither read the user's own lexicon nor write to the user's cache.
_HOME = tempfile.TemporaryDirectory(prefix="ntm-repair-tests-")
os.environ["NTM_REPAIR_HOME"] = _HOME.name

# A change is judged on what it changed: by hand the examples differ from run to run, in the CI they do not.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
