"""Find, explain and repair Vietnamese articles that a machine has garbled; a person decides every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ntm_repair.accept import Accept
    from ntm_repair.api import Repair, Repairer, Scan, document, repair, repair_text, repair_texts, scan, scan_text
    from ntm_repair.config import Config
    from ntm_repair.errors import RepairError, StaleError, UnreadableError, UsageError
    from ntm_repair.types import Decision, Document, Edit, Finding, Suggestion

__all__ = [
    "Accept",
    "Config",
    "Decision",
    "Document",
    "Edit",
    "Finding",
    "Repair",
    "RepairError",
    "Repairer",
    "Scan",
    "StaleError",
    "Suggestion",
    "UnreadableError",
    "UsageError",
    "__version__",
    "document",
    "repair",
    "repair_text",
    "repair_texts",
    "scan",
    "scan_text",
]

_HOMES = {
    "accept": ("Accept",),
    "api": ("Repair", "Repairer", "Scan", "document", "repair", "repair_text", "repair_texts", "scan", "scan_text"),
    "config": ("Config",),
    "errors": ("RepairError", "StaleError", "UnreadableError", "UsageError"),
    "types": ("Decision", "Document", "Edit", "Finding", "Suggestion"),
}


def __getattr__(name: str) -> Any:
    # Loaded when asked for: the command line must not pay for what it does not use.
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"ntm_repair.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
