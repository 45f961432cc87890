"""Settings: from the command line, else from `ntm-repair.toml` or `[tool.ntm-repair]` above the article, else built in.

A file is looked for beside the first article and upwards, then from the working folder upwards; the nearest one counts.
Every value knows where it came from. `[[allow]]` tables stand in the same file and are read, and checked, by `allow`.
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ntm_repair import allow
from ntm_repair.accept import LEVELS, Accept
from ntm_repair.configfile import NAME, find_upwards, seen
from ntm_repair.errors import UsageError
from ntm_repair.formats.base import Fields
from ntm_repair.likely import LEAST
from ntm_repair.types import Message

SCAN_FORMATS = ("text", "json", "jsonl", "parquet", "sarif", "github", "html")
COMMAND_LINE, BUILT_IN = "--", ""
"""Origins that are no file."""
_PASSED_ON = frozenset({"allow"})


@dataclass(frozen=True, slots=True)
class Key:
    """A setting: its default, what it must be, and how that is said."""

    default: Any
    is_valid: Callable[[Any], bool]
    wanted: str


def _encoding(value: object) -> bool:
    """Whether it names an encoding: said once before the work, not at every file."""
    try:
        return type(value) is str and bool(codecs.lookup(value))
    except (LookupError, ValueError):  # no such name, or one with a NUL in it
        return False


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(_text(v) for v in value)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _one_of(*choices: str) -> Key:
    return Key(choices[0], lambda v: v in choices, " | ".join(f'"{c}"' for c in choices))


KEYS: Mapping[str, Key] = {
    "accept": Key("safe", lambda v: v in LEVELS, " | ".join(f'"{c}"' for c in LEVELS)),
    "columns": Key(None, _flag, "true | false"),
    "encoding": Key(None, _encoding, '"utf-8" | "utf-16" | "cp1258" …'),
    "exclude": Key([], _texts, '["nhap/*", "*.bak.txt"]'),
    "exit_zero": Key(False, _flag, "true | false"),
    "format": _one_of(*SCAN_FORMATS),
    "id_field": Key("id", _text, '"id"'),
    "lang": Key(None, lambda v: v in ("vi", "en"), '"vi" | "en"'),
    "least_score": Key(LEAST, lambda v: type(v) in (int, float) and 0 <= v <= 1, "0 … 1"),
    "lexicon": Key([], _texts, '["tu-dien.tsv"]'),
    "llm_model": Key(None, _text, '"qwen3:8b"'),
    "llm_remote": Key(False, _flag, "true | false"),
    "llm_timeout": Key(20.0, lambda v: type(v) in (int, float) and 0 < v <= 600, "0 … 600"),
    "llm_url": Key(None, _text, '"http://127.0.0.1:8080/v1"'),
    "min_confidence": Key(1.0, lambda v: type(v) in (int, float) and 0 <= v <= 1, "0 … 1"),
    "mt_model": Key(None, _text, '"mo-hinh/en-vi"'),
    "neighbours": Key(False, _flag, "true | false"),
    "text_field": Key("text", _text, '"text"'),
    "workers": Key("auto", lambda v: v == "auto" or (type(v) is int and 1 <= v <= 1024), '"auto" | 1 … 1024'),
}


@dataclass(frozen=True)
class Config:
    """Settings with their origins: a file's path, COMMAND_LINE or BUILT_IN."""

    values: Mapping[str, Any] = field(default_factory=lambda: {k: v.default for k, v in KEYS.items()})
    origins: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(KEYS, BUILT_IN))
    file: Path | None = None

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def accept(self) -> Accept:
        """What is applied unasked."""
        return Accept(self.values["accept"], float(self.values["min_confidence"]))

    @property
    def fields(self) -> Fields:
        """Which fields of a record hold its text and its name."""
        return Fields(self.values["text_field"], self.values["id_field"])

    @property
    def lexicons(self) -> tuple[str, ...]:
        """The user's lexicon files; those a settings file names are meant from its folder."""
        return tuple(self.values["lexicon"])


def load(start: str | None = None, given: Mapping[str, Any] | None = None, file: str | None = None) -> Config:
    """The settings for an article or folder `start` (None: the working folder), those `given` (not None) first.

    Raises UsageError for a file that is missing, is no TOML, or holds an unknown key or an unusable value, and for an
    `[[allow]]` table that is malformed where allowed terms are looked for: it is not left to the first article.
    """
    path = Path(file) if file is not None else find(start)
    values = {k: v.default for k, v in KEYS.items()}
    origins = dict.fromkeys(KEYS, BUILT_IN)
    if path is not None:
        for key, value in read(path).items():
            values[key] = _meant_from(path.parent, value) if key == "lexicon" else value
            origins[key] = str(path)
    for key, value in (given or {}).items():
        if value is None or value == []:
            continue
        if not KEYS[key].is_valid(value):
            option = f"--{key.replace('_', '-')}"
            wanted = KEYS[key].wanted.replace('"', "")
            raise UsageError(Message("error.option_value", {"option": option, "value": str(value), "wanted": wanted}))
        values[key], origins[key] = value, COMMAND_LINE
    beside = find_upwards(Path.cwd() if start in (None, "-") else Path(str(start)))
    if beside is not None:
        allow.read(beside)
    return Config(values, origins, path)


def find(start: str | None) -> Path | None:
    """The settings file that counts for `start`, or None."""
    places = [Path(start).resolve()] if start not in (None, "-") else []
    for place in (*places, Path.cwd()):
        folder = place if seen(place.is_dir) else place.parent
        for candidate in (folder, *folder.parents):
            if seen((candidate / NAME).is_file):
                return candidate / NAME
            if seen((candidate / "pyproject.toml").is_file) and _table(candidate / "pyproject.toml") is not None:
                return candidate / "pyproject.toml"
    return None


def read(path: Path) -> dict[str, Any]:
    """The settings of a file, checked."""
    table = _table(path)
    settings: dict[str, Any] = {}
    for key, value in (table or {}).items():
        name = key.replace("-", "_")
        if name in _PASSED_ON:
            continue
        if name not in KEYS:
            near = get_close_matches(name, [*KEYS, *_PASSED_ON], 1, 0.5)
            values = {"path": str(path), "key": key, "nearest": near[0] if near else ", ".join(KEYS)}
            raise UsageError(Message("error.config_key" if near else "error.config_unknown", values))
        if not KEYS[name].is_valid(value):
            values = {"path": str(path), "key": key, "value": str(value), "wanted": KEYS[name].wanted}
            raise UsageError(Message("error.config_value", values))
        settings[name] = value
    return settings


def _table(path: Path) -> dict[str, Any] | None:
    """The table of ours in a file; None where a pyproject.toml has none, or is not ours to judge."""
    foreign = path.name == "pyproject.toml"
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(Message("error.missing", {"path": str(path)})) from None
    except OSError as error:
        raise UsageError(Message("error.read", {"path": str(path), "reason": error.strerror or ""})) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if foreign:
            return None
        raise UsageError(Message("error.config_toml", {"path": str(path), "reason": str(error)})) from None
    if not foreign:
        return content
    tool = content.get("tool")
    table = tool.get("ntm-repair") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _meant_from(folder: Path, names: list[str]) -> list[str]:
    return [str(folder / name) for name in names]
