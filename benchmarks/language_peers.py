"""Published language identifiers as detectors of English words in Vietnamese text, each through its own interface.

None of them is made for this: they name the language of a text. Two ways turn one into a detector of words. *Windows*:
every stretch of 1, 2 or 3 words is asked for, and a word's score is the mean P(English) of the windows that hold it.
*Native*: the mode that some offer for texts of more than one language. All are restricted to English and Vietnamese
where they can be. A peer that is not installed is left out by `installed`, which names it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import regex

WINDOWS = ((1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 2, 3))
"""Sets of window sizes tried."""
THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
"""Scores tried as the one from which a word counts as English."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}'’-]*")
_NEIGHBOURS = regex.compile(r"[\s\d]*")
"""What may stand between two words that are asked for together; also what joins two found words to a span."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Peer:
    """One identifier. `english` gives P(English) of a text, None where it says nothing."""

    name: str
    package: str
    english: Callable[[str], float | None]
    native: Callable[[str], list[Span]] | None = None


def installed() -> tuple[list[Peer], list[str]]:
    """The peers at hand, and the names of those that are not."""
    makers = {"langdetect": _langdetect, "lingua": _lingua, "py3langid": _py3langid, "pycld2": _pycld2}
    here = [name for name in makers if importlib.util.find_spec(name)]
    return [makers[name]() for name in here], [name for name in makers if name not in here]


class Windows:
    """A peer asked for windows of some sizes. Spans are code points, half-open."""

    def __init__(self, peer: Peer, sizes: Sequence[int], threshold: float) -> None:
        self._peer, self.sizes, self.threshold = peer, sizes, threshold

    @property
    def name(self) -> str:
        sizes = f"{self.sizes[0]}" if len(self.sizes) == 1 else f"{min(self.sizes)}-{max(self.sizes)}"
        return f"{self._peer.name}, {sizes}-word windows, from {self.threshold}"

    def __call__(self, text: str) -> list[Span]:
        return spans(text, word_scores(self._peer, text, self.sizes), self.threshold)


def word_scores(peer: Peer, text: str, sizes: Sequence[int]) -> list[tuple[Span, float]]:
    """Each word with the mean P(English) of its windows; 0 where none says anything."""
    scored: list[tuple[Span, float]] = []
    for stretch in _stretches(text):
        votes: list[list[float]] = [[] for _ in stretch]
        for size in sizes:
            # A stretch shorter than the window is asked for whole.
            for first in range(max(1, len(stretch) - size + 1)):
                last = min(first + size, len(stretch))
                answer = peer.english(text[stretch[first][0] : stretch[last - 1][1]])
                if answer is not None:
                    for i in range(first, last):
                        votes[i].append(answer)
        scored += [(word, sum(v) / len(v) if v else 0.0) for word, v in zip(stretch, votes, strict=True)]
    return scored


def spans(text: str, scored: Sequence[tuple[Span, float]], threshold: float) -> list[Span]:
    """Neighbouring words above the threshold as spans."""
    found: list[Span] = []
    for (start, end), score in scored:
        if score >= threshold:
            if found and _NEIGHBOURS.fullmatch(text, found[-1][1], start):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return found


def _stretches(text: str) -> Iterator[list[Span]]:
    """Words between which only white space and figures stand: no window reaches over a stop or a bracket."""
    words = [m.span() for m in _WORD.finditer(text)]
    stretch = words[:1]
    for before, word in pairwise(words):
        if not _NEIGHBOURS.fullmatch(text, before[1], word[0]):
            yield stretch
            stretch = []
        stretch.append(word)
    if stretch:
        yield stretch


def _langdetect() -> Peer:
    import langdetect
    from langdetect.detector_factory import DetectorFactory
    from langdetect.lang_detect_exception import LangDetectException

    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.seed = 1
    factory.load_json_profile([(folder / language).read_text("utf-8") for language in ("en", "vi")])

    def english(text: str) -> float | None:
        detector = factory.create()
        detector.append(text)
        try:
            return next((p.prob for p in detector.get_probabilities() if p.lang == "en"), 0.0)
        except LangDetectException:
            return None

    return Peer("langdetect", "langdetect", english)


def _lingua() -> Peer:
    from lingua import Language, LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.VIETNAMESE)
    detector = builder.with_preloaded_language_models().build()

    def english(text: str) -> float | None:
        return detector.compute_language_confidence(text, Language.ENGLISH)

    def native(text: str) -> list[Span]:
        found = detector.detect_multiple_languages_of(text)
        return [(part.start_index, part.end_index) for part in found if part.language == Language.ENGLISH]

    return Peer("lingua", "lingua-language-detector", english, native)


def _py3langid() -> Peer:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", "vi"])

    def english(text: str) -> float | None:
        language, confidence = identifier.classify(text)
        return float(confidence if language == "en" else 1 - confidence)

    return Peer("py3langid", "py3langid", english)


def _pycld2() -> Peer:
    import pycld2

    def english(text: str) -> float | None:
        """CLD2 cannot be restricted: another language than Vietnamese counts as English, "unknown" says nothing."""
        try:
            _, _, details = pycld2.detect(text, isPlainText=True, bestEffort=True)
        except pycld2.error:
            return None
        code = details[0][1]
        return None if code == "un" else float(code != "vi")

    def native(text: str) -> list[Span]:
        try:
            _, _, _, vectors = pycld2.detect(text, isPlainText=True, returnVectors=True, bestEffort=True)
        except pycld2.error:
            return []
        raw = text.encode()
        parts = [(at, at + length) for at, length, _, code in vectors if code == "en"]
        return [(len(raw[:a].decode(errors="ignore")), len(raw[:b].decode(errors="ignore"))) for a, b in parts]

    return Peer("pycld2", "pycld2", english, native)
