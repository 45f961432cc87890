"""`ntm-repair config show`: every setting, its value and where it comes from."""

from __future__ import annotations

import json
import sys
from typing import Any

from ntm_repair.commands.common import check_settings, language
from ntm_repair.config import BUILT_IN, KEYS, load
from ntm_repair.errors import EXIT_OK
from ntm_repair.messages import phrase


def show(path: str | None, config: str | None, lang: str | None) -> int:
    """Print the settings that count for `path`, as a settings file would have them.

    Raises UsageError, after them, where what they name is not there: their origins tell where to mend it.
    """
    settings = load(path, {"lang": lang}, config)
    said_in = language(settings["lang"])
    file = str(settings.file) if settings.file else phrase("config.none", said_in)
    print(f"# {phrase('config.file', said_in)}: {file}")
    for key in KEYS:
        origin = settings.origins[key]
        where = phrase("config.built_in", said_in) if origin == BUILT_IN else origin
        value = _toml(settings[key])
        line = f"{key} = {value}" if value is not None else f"# {key} ="
        print(f"{line}  # {where}")
    sys.stdout.flush()
    check_settings(settings)
    return EXIT_OK


def _toml(value: Any) -> str | None:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False)
