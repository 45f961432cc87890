"""The optional models that settings ask for; none unless they do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ntm_repair.suggest import Suggester


def models_from(settings: Mapping[str, Any]) -> tuple[Suggester, ...]:
    """The suggesters of `llm_url`, `llm_model`, `llm_timeout`, `llm_remote` and `mt_model`, each made once a run.

    Raises UsageError for an address that cannot be meant, or a translation model that is not there.
    """
    found: list[Suggester] = []
    if settings["llm_url"]:
        timeout, remote = float(settings["llm_timeout"]), bool(settings["llm_remote"])
        found.append(_llm(settings["llm_url"], settings["llm_model"] or "", timeout, remote))
    if settings["mt_model"]:
        found.append(_mt(settings["mt_model"]))
    return tuple(found)


@lru_cache(maxsize=4)
def _llm(url: str, model: str, timeout: float, remote: bool) -> Suggester:
    from ntm_repair.suggest.llm import LanguageModel

    return LanguageModel(url, model, timeout, cache_folder() / "llm", remote)


@lru_cache(maxsize=4)
def _mt(folder: str) -> Suggester:
    from ntm_repair.suggest.mt import Translator

    return Translator.load(Path(folder))


def cache_folder() -> Path:
    """Where answers of models are kept: `$NTM_REPAIR_HOME/cache`, else below the system's folder for caches."""
    own = os.environ.get("NTM_REPAIR_HOME")
    if own:
        return Path(own) / "cache"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home())
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "ntm-repair"
