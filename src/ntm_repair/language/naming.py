"""The name of a foreign language, by langdetect: for long runs and whole paragraphs, never for single words.

langdetect is seeded and restricted to languages that Vietnamese articles quote, so the same text gets the same answer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

LANGUAGES = ("de", "en", "es", "fr", "id", "it", "nl", "pt", "ru", "vi")
SEED = 1
LEAST_WORDS = 6
"""Words below which an answer is chance."""


def name_language(text: str) -> str:
    """ISO 639-1 code of the language of `text`; "" where it is too short or says nothing."""
    if len(text.split()) < LEAST_WORDS:
        return ""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text.lower() if text.isupper() else text)  # its profiles know few capitals
    try:
        return str(detector.detect())
    except LangDetectException:
        return ""


@lru_cache(maxsize=1)
def _factory() -> DetectorFactory:
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.seed = SEED
    profiles = [(folder / language).read_text("utf-8") for language in LANGUAGES]
    factory.load_json_profile(profiles)
    return factory
