"""The optional models that settings ask for; none unless they do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ntm_repair.compiled import cache_folder
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
