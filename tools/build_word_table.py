"""Compile what is known of words and letter sequences into `words.bin` and `plain.txt` in `src/ntm_repair/data`.

    python tools/build_word_table.py COUNTS_FOLDER

Needs the `tables` extra (wordfreq). Sources: English word frequencies of wordfreq ("best" list, down to 3 in ten
million), its Vietnamese ones (down to 1 in a million) for the loanwords of other texts than news, counts of unmarked
words in Vietnamese news (`unigrams.tsv.gz`: word, count, of those Title-cased when not first, of those ALL-CAPS), and
the character n-gram profiles that langdetect ships for English and Vietnamese. `plain.txt` lists the syllables of that
news that never speak for English, so that they need not be looked up: marked ones, and bare ones likelier in
Vietnamese. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from math import sqrt
from pathlib import Path

import langdetect
from wordfreq import get_frequency_dict

from ntm_repair.context import UNSEEN, Context
from ntm_repair.language.closed_class import FUNCTION_WORDS
from ntm_repair.language.evidence import DATA, NGRAM, PLAIN, Evidence, level
from ntm_repair.packed import pack
from ntm_repair.vietnamese import is_marked, is_syllable

LEAST_ENGLISH = 3e-7
VIETNAMESE_TOTAL = 77_000_000
QUOTED = 0.05
"""Share of a word's frequency in English that quotations may account for in Vietnamese; function words have .005."""
NAMES = 2.0
"""Weight of a word's Title Case uses in news: encyclopedias have more names."""
LEAST_PAIR = 6
"""Sightings of a pair below which the counts leave it out."""


def english() -> dict[str, float]:
    """Probabilities of English words of ASCII letters."""
    words = get_frequency_dict("en", wordlist="best")
    return {w: p for w, p in words.items() if p >= LEAST_ENGLISH and w.isascii() and w.replace("'", "").isalpha()}


def beside_marked(folder: Path) -> Counter[str]:
    """How often bare words stand beside a word with marks, on the side where they do so more."""
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with gzip.open(folder / "bigrams.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            first, second, count = line.rstrip("\n").split("\t")
            if is_marked(first) != is_marked(second):
                side, word = (left, second) if is_marked(first) else (right, first)
                side[word] += int(count)
    return Counter({word: max(left[word], right[word]) for word in left.keys() | right.keys()})


def vietnamese(folder: Path) -> dict[str, tuple[float, float]]:
    """Probabilities, in Vietnamese news, of bare words in lower case and in Title Case.

    News quotes English too: a word counts in lower case only as often as its Vietnamese neighbours account for. Of a
    Vietnamese word's neighbours two in three are marked, and pairs seen fewer than 6 times are not in the counts.
    """
    beside = beside_marked(folder)
    found: dict[str, tuple[float, float]] = {}
    with gzip.open(folder / "unigrams.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            word, count, titles, capitals = line.rstrip("\n").split("\t")
            if word.isalpha() and not is_marked(word):
                lower = min(int(count) - int(titles) - int(capitals), beside[word] * 3 // 2 + LEAST_PAIR)
                found[word] = (lower / VIETNAMESE_TOTAL, int(titles) / VIETNAMESE_TOTAL)
    return found


def loans(english: dict[str, float], news: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Probabilities of foreign words in lower case in Vietnamese, by wordfreq and by news: their geometric mean.

    The lists of wordfreq know no case and hold English that was only quoted: a share of what English itself has, and
    names, which news has in Title Case, are taken off first. Function words are never borrowed.
    """
    found: dict[str, float] = {}
    for word, probability in get_frequency_dict("vi").items():
        if word.isascii() and word.isalpha() and word not in FUNCTION_WORDS and not is_syllable(word):
            lower, title = news.get(word, (0.0, 0.0))
            left = probability - QUOTED * english.get(word, 0.0) - NAMES * title
            if left > lower:
                found[word] = sqrt(left * max(lower, UNSEEN / VIETNAMESE_TOTAL))
    return found


def ngrams(language: str) -> dict[str, float]:
    """Probabilities of the one- to three-letter sequences of a langdetect profile."""
    path = Path(langdetect.__file__).parent / "profiles" / language
    profile = json.loads(path.read_text("utf-8"))
    return {gram: count / profile["n_words"][len(gram) - 1] for gram, count in profile["freq"].items()}


def plain(folder: Path) -> list[str]:
    """Syllables of Vietnamese news in lower case whose evidence is Vietnamese whatever the weights are."""
    evidence = Evidence(Context.load())
    with gzip.open(folder / "unigrams.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
        words = sorted(line.partition("\t")[0] for line in file)
    return [
        w
        for w in words
        if w.isalpha() and (evidence.is_wall(w) or (is_syllable(w) and evidence.of_form(w, False) <= 0))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / "words.bin")
    options = parser.parse_args()
    en, vi = english(), vietnamese(options.folder)
    borrowed = loans(en, vi)
    entries = {}
    for word in sorted(en.keys() | vi.keys() | borrowed.keys()):
        lower, title = vi.get(word, (0.0, 0.0))
        lower = max(lower, borrowed.get(word, 0.0))
        entries[word] = bytes([level(en.get(word, 0.0)), level(lower), level(title)])
    en_grams, vi_grams = ngrams("en"), ngrams("vi")
    for gram in sorted(en_grams.keys() | vi_grams.keys()):
        entries[NGRAM + gram] = bytes([level(en_grams.get(gram, 0.0)), level(vi_grams.get(gram, 0.0)), 0])
    # The strongest evidence first: the table finds those at once.
    ranked = sorted(entries.items(), key=lambda entry: (min(entry[1][:2]), entry[0]))
    table = pack((((word,), value) for word, value in ranked), width=3)
    options.out.write_bytes(table)
    syllables = plain(options.folder)
    options.out.with_name(PLAIN).write_text("\n".join(syllables) + "\n", "utf-8", newline="\n")
    print(f"{options.out.name}: {len(en):,} English words, {len(vi):,} bare words of news, {len(borrowed):,} loans")
    print(f"{PLAIN}: {len(syllables):,} syllables")


if __name__ == "__main__":
    main()
