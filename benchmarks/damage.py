"""Precision and recall of the small rules on damage planted in clean text: `damage.py FOLDER [CODE...]`.

FOLDER holds `clean/*.jsonl` with articles as {"text": ...}. Each kind of damage is planted by itself, about one place
in sixty words, with a seeded generator; a finding is right where it touches a planted place. What the rule finds in
the same text before planting is a false alarm of the text, counted apart. A plant that happens to give what was there
before, or another good text by construction (a plural, a number), is not planted.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex

from ntm_repair.article import Article
from ntm_repair.detect import detect
from ntm_repair.pipeline import load_resources
from ntm_repair.rules import RULES
from ntm_repair.types import Document, Finding, Source

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
EVERY = 60
"""Words a planted place."""


@dataclass
class Planted:
    """A text with the code-point spans that were damaged."""

    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)


Change = tuple[int, int, str]
"""Replace [start, end) by a text; the span of the new text is the damaged place."""
Planter = Callable[[str, random.Random], Iterator[Change]]


def words_of(text: str) -> list[regex.Match[str]]:
    return list(WORD.finditer(text))


def plain_gap(text: str, a: regex.Match[str], b: regex.Match[str]) -> bool:
    return text[a.end() : b.start()] == " "


def lower_syllable(word: str) -> bool:
    from ntm_repair.vietnamese import is_syllable

    return word.islower() and len(word) > 1 and is_syllable(word)


def missing_space(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"(?<=\p{L}{2})([.,;]) (?=\p{L}{2})", text):
        yield m.start(), m.end(), m[1]


def stray_space(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"(?<=\p{L}{2})([.,;])(?=\s)|(?<= )([“(])(?=\p{L})|(?<=\p{L})([”)])(?=[ ,.])", text):
        mark = m.group()
        yield m.start(), m.end(), f"{mark} " if mark in "“(" else f" {mark}"


def double_space(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"(?<=\S) (?=\S)", text):
        yield m.start(), m.end(), " " * rng.choice((2, 2, 3))


def empty_quotes(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"“[^“”\n]{1,60}”", text):
        yield m.start(), m.end(), "“”"


def lost_half(text: str, rng: random.Random) -> Iterator[Change]:
    """One half in a paragraph at most: two that were left over would make a pair."""
    for line in regex.finditer(r"[^\n]+", text):
        pairs = list(regex.finditer(r"(?<=\s)“([^“”\n]{1,60})”|(?<= )\(([^()\n]{5,60})\)", line.group()))
        if pairs:
            m = rng.choice(pairs)
            inner = m.group()
            yield line.start() + m.start(), line.start() + m.end(), rng.choice((inner[1:], inner[:-1]))


def repeated_word(text: str, rng: random.Random) -> Iterator[Change]:
    """A lower-case word doubled, but no word that doubling makes into another (từ từ)."""
    from ntm_repair.rules.reduplication import REDUPLICATED

    for m in words_of(text):
        if lower_syllable(m.group()) and m.group() not in REDUPLICATED:
            yield m.start(), m.end(), f"{m.group()} {m.group()}"


def repeated_phrase(text: str, rng: random.Random) -> Iterator[Change]:
    found = words_of(text)
    for i in range(len(found) - 6):
        n = rng.choice((2, 3, 4, 5))
        run = found[i : i + n]
        if all(lower_syllable(m.group()) for m in run) and all(
            plain_gap(text, a, b) for a, b in itertools.pairwise(run)
        ):
            phrase = text[run[0].start() : run[-1].end()]
            yield run[0].start(), run[-1].end(), f"{phrase} {phrase}"


def glued(text: str, rng: random.Random) -> Iterator[Change]:
    from ntm_repair.vietnamese import is_marked, is_syllable

    found = words_of(text)
    for a, b in itertools.pairwise(found):
        both = a.group() + b.group()
        syllables = lower_syllable(a.group()) and is_syllable(b.group().lower()) and not is_syllable(both.lower())
        if plain_gap(text, a, b) and syllables and is_marked(both.lower()) and not b.group().isupper():
            yield a.start(), b.end(), both


def split_word(text: str, rng: random.Random) -> Iterator[Change]:
    """Syllables cut in two, one piece no syllable."""
    yield from _cut(text, rng, in_syllables=False)


def split_in_syllables(text: str, rng: random.Random) -> Iterator[Change]:
    """Syllables cut in two that are syllables as well: "xu ất"."""
    yield from _cut(text, rng, in_syllables=True)


def _cut(text: str, rng: random.Random, *, in_syllables: bool) -> Iterator[Change]:
    from ntm_repair.vietnamese import is_syllable

    for m in words_of(text):
        word = m.group()
        if len(word) < 3 or not is_syllable(word.lower()) or not (word.islower() or word[1:].islower()):
            continue
        at = rng.randrange(1, len(word))
        if (is_syllable(word[:at].lower()) and is_syllable(word[at:].lower())) != in_syllables:
            continue
        yield m.start(), m.end(), f"{word[:at]} {word[at:]}"


def truncated(text: str, rng: random.Random) -> Iterator[Change]:
    """Long paragraphs cut after a comma, a conjunction, or in the middle."""
    for m in regex.finditer(r"(?m)^.*[.]$", text):
        line = m.group()
        if len(line.split()) < 60:
            continue
        cuts = [
            c.end()
            for c in regex.finditer(r"\p{L},(?= )|(?<= )(?:và|của|cho|với|là|để|trong|các|những|được)(?= )", line)
        ]
        cuts = [c for c in cuts if c > len(line) // 2]
        if cuts:
            yield m.start(), m.end(), line[: rng.choice(cuts)]


def cut_anywhere(text: str, rng: random.Random) -> Iterator[Change]:
    """Long paragraphs cut after any word of their second half: only those cut in a compound can be told for sure."""
    for m in regex.finditer(r"(?m)^.*[.]$", text):
        found = words_of(m.group())
        if len(found) >= 90:
            cut = rng.choice(found[len(found) // 2 + 20 : -2])
            if m.group()[cut.end() : cut.end() + 1] == " ":
                yield m.start(), m.end(), m.group()[: cut.end()]


def legacy_paragraph(text: str, rng: random.Random) -> Iterator[Change]:
    from ntm_repair.legacy.tables import CHARSETS

    for m in regex.finditer(r"(?m)^.{80,}$", text):
        if sum(c > "\x7f" for c in m.group()) * 8 > len(m.group()):
            garbled = rng.choice(CHARSETS).encode(m.group())
            if all(c <= "\xff" or c in "“”‘’–—…" for c in garbled):
                yield m.start(), m.end(), garbled


def glued_bare(text: str, rng: random.Random) -> Iterator[Change]:
    """Two words without any mark, glued: "trongkhi" has none to tell it from a foreign name."""
    from ntm_repair.vietnamese import is_syllable

    for a, b in itertools.pairwise(words_of(text)):
        both = a.group() + b.group()
        syllables = lower_syllable(a.group()) and lower_syllable(b.group()) and not is_syllable(both)
        if plain_gap(text, a, b) and both.isascii() and syllables:
            yield a.start(), b.end(), both


def zero_width(text: str, rng: random.Random) -> Iterator[Change]:
    for m in words_of(text):
        if len(m.group()) > 2:
            at = rng.randrange(1, len(m.group()))
            hidden = rng.choice("\u200b\u00ad\ufeff\u2060\u0007\u0081\u200e")
            yield m.start(), m.end(), m.group()[:at] + hidden + m.group()[at:]


def decomposed(text: str, rng: random.Random) -> Iterator[Change]:
    """A word in loose marks, or with its tone before its hat."""
    for m in words_of(text):
        loose = unicodedata.normalize("NFD", m.group())
        swapped = regex.sub(r"([\u0302\u0306])([\u0300\u0301\u0303\u0309])", r"\2\1", loose)
        if loose != m.group() and lower_syllable(m.group()):
            other = unicodedata.normalize("NFC", swapped)
            yield m.start(), m.end(), other if other != m.group() and rng.random() < 0.5 else loose


def look_alike(text: str, rng: random.Random) -> Iterator[Change]:
    table = str.maketrans("aeocxTHKMBCp", "аеосхТНКМВСр")
    for m in words_of(text):
        if lower_syllable(m.group().lower()):
            letters = [i for i, c in enumerate(m.group()) if ord(c) in table]
            if letters and len(m.group()) > 2:
                i = rng.choice(letters)
                yield m.start(), m.end(), m.group()[:i] + m.group()[i].translate(table) + m.group()[i + 1 :]
            elif "đ" in m.group() or "Đ" in m.group():
                yield m.start(), m.end(), m.group().replace("đ", "ð").replace("Đ", "Ð")


def mojibake(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"[^\n.]{30,}\.", text):
        for _ in range(3):
            codec = rng.choice(("cp1252", "latin-1", "mac-roman", "cp1258"))
            try:
                yield m.start(), m.end(), m.group().encode().decode(codec)
                break
            except UnicodeDecodeError:
                continue


CAPTIONS = (
    "Các đại biểu tham quan gian hàng nông sản tại hội nghị",
    "Lãnh đạo huyện trao bằng khen cho các hộ tiêu biểu. Ảnh: Minh Tâm",
    "Bà con thôn Đông thu hoạch vải thiều đầu vụ",
    "Tuyến đường hoa do hội phụ nữ xã chăm sóc",
    "Mô hình nuôi cá lồng trên lòng hồ thủy điện cho thu nhập ổn định",
)


def near_caption(text: str, rng: random.Random) -> Iterator[Change]:
    """A caption between two paragraphs, and its near copy below it."""
    for m in regex.finditer(r"\n\n(?=\p{Lu}[^\n]{200,})", text):
        caption = rng.choice(CAPTIONS)
        plain = caption.split(". Ảnh")[0]
        copy = rng.choice(
            (plain + ".", plain.upper(), f"{plain}. Ảnh: Thanh Hải", plain.replace(" tại ", " ở ").lower())
        )
        if copy == caption:
            copy = plain + "."
        yield m.start(), m.end(), f"\n\n{caption}\n\n{copy}\n\n"


FILES = (
    "ntm (2)",
    "IMG_2041 (1).jpg",
    "DSC01234.JPG",
    "Dich-thuat-Cac-tieu-chi",
    "anh-hoi-nghi-2020.jpg",
    "z2519077_a1",
)
BOILERPLATE = (
    "Chia sẻ Facebook Zalo",
    "Xem thêm: Những mô hình hay ở huyện miền núi",
    "Lượt xem: 1.204",
    "Tin liên quan",
    "Bình luận (0)",
    "In bài viết | Gửi email",
    "Theo dõi báo trên Google News",
)


def stray_filename(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"\n\n(?=\p{Lu}[^\n]{80,})", text):
        yield m.start(), m.end(), f"\n\n{rng.choice(FILES)}\n\n"


def boilerplate(text: str, rng: random.Random) -> Iterator[Change]:
    for m in regex.finditer(r"\n\n(?=\p{Lu}[^\n]{80,})", text):
        yield m.start(), m.end(), f"\n\n{rng.choice(BOILERPLATE)}\n\n"


KINDS: tuple[tuple[str, str, Planter], ...] = (
    ("NTM202", "near copy of a caption", near_caption),
    ("NTM203", "word twice", repeated_word),
    ("NTM203", "phrase twice", repeated_phrase),
    ("NTM401", "space lost after a mark", missing_space),
    ("NTM402", "space before a mark, in a pair", stray_space),
    ("NTM402", "two spaces", double_space),
    ("NTM403", "quotes emptied", empty_quotes),
    ("NTM403", "half of a pair lost", lost_half),
    ("NTM404", "words glued", glued),
    ("NTM404", "words without marks glued", glued_bare),
    ("NTM405", "word split", split_word),
    ("NTM405", "word split into syllables", split_in_syllables),
    ("NTM501", "file name", stray_filename),
    ("NTM502", "paragraph cut", truncated),
    ("NTM502", "paragraph cut anywhere", cut_anywhere),
    ("NTM503", "share button, counter", boilerplate),
    ("NTM601", "UTF-8 read as another", mojibake),
    ("NTM602", "paragraph in an old encoding", legacy_paragraph),
    ("NTM603", "loose or swapped marks", decomposed),
    ("NTM604", "invisible character", zero_width),
    ("NTM604", "look-alike letter", look_alike),
)
CODES = frozenset(
    "NTM202 NTM203 NTM401 NTM402 NTM403 NTM404 NTM405 NTM501 NTM502 NTM503 NTM601 NTM602 NTM603 NTM604".split()
)


def plant(text: str, planter: Planter, rng: random.Random) -> Planted:
    """`text` with about one place in EVERY words damaged."""
    changes = list(planter(text, rng))
    rng.shuffle(changes)
    wanted = max(1, len(text.split()) // EVERY)
    chosen: list[Change] = []
    for change in changes:
        if len(chosen) == wanted:
            break
        if all(change[1] + 40 < other[0] or other[1] + 40 < change[0] for other in chosen):
            chosen.append(change)
    planted, at, pieces = Planted(""), 0, []
    size = 0
    for start, end, replacement in sorted(chosen):
        pieces += (text[at:start], replacement)
        size += start - at
        planted.spans.append((size, size + len(replacement)))
        size += len(replacement)
        at = end
    planted.text = "".join((*pieces, text[at:]))
    return planted


def found_in(text: str, code: str | None = None) -> tuple[Finding, ...]:
    """All findings of the rules together, or those of one code among them."""
    document = Document(text, Source("planted.txt", "0" * 64, "utf-8"))
    findings = detect(Article(document), load_resources(), RULES)
    return tuple(f for f in findings if f.rule in CODES and code in (None, f.rule))


def run(texts: Sequence[str], kind: tuple[str, str, Planter], seed: int, verbose: bool) -> str:
    code, name, planter = kind
    rng = random.Random(f"{seed}-{name}")
    spans = recalled = findings = right = own = 0
    shown: list[str] = []
    for text in texts:
        planted = plant(text, planter, rng)
        if not planted.spans:
            continue
        before = {f.text for f in found_in(text, code)}
        found = found_in(planted.text, code)
        spans += len(planted.spans)
        for start, end in planted.spans:
            hit = any(f.start < end and start < f.end for f in found)
            recalled += hit
            if not hit:
                shown.append(f"      missed: {planted.text[max(0, start - 25) : end + 25]!r}")
        for f in found:
            touches = any(f.start < end and start < f.end for start, end in planted.spans)
            if not touches and f.text in before:
                own += 1
                continue
            findings += 1
            right += touches
            if not touches:
                shown.append(f"      false: {planted.text[max(0, f.start - 25) : f.end + 25]!r}")
    precision = right / findings if findings else float("nan")
    recall = recalled / spans if spans else float("nan")
    counts = f"({recalled}/{spans} found, {findings - right} false, {own} own)"
    line = f"  {code} {name:<32} P {precision:.3f}  R {recall:.3f}  {counts}"
    return "\n".join([line, *(shown[:40] if verbose else ())])


def alarms(texts: Sequence[str], title: str, verbose: bool) -> str:
    counts: dict[str, int] = {}
    shown: list[str] = []
    words = sum(len(WORD.findall(t)) for t in texts)
    for text in texts:
        for f in found_in(text):
            counts[f.rule] = counts.get(f.rule, 0) + 1
            best = f.suggestions[0].replacement if f.suggestions else ""
            before, after = text[max(0, f.start - 30) : f.start], text[f.end : f.end + 30]
            shown.append(f"      {f.rule} {f.confidence:.2f} {before!r} [{f.text}] -> [{best}] {after!r}")
    total = 1000 * sum(counts.values()) / words
    parts = "  ".join(f"{code} {n}" for code, n in sorted(counts.items()))
    return "\n".join(
        [f"{title}: {total:.2f} findings per 1,000 words ({words} words): {parts}", *(sorted(shown) if verbose else ())]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("codes", nargs="*", help="only these rules")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    sets = {
        path.stem: [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        for path in sorted(options.folder.glob("clean/*.jsonl"))
    }
    for name, texts in sets.items():
        print(alarms(texts, f"clean/{name}", options.verbose))
    for name, texts in sets.items():
        print(f"\nplanted in clean/{name} (seed {options.seed})")
        for kind in KINDS:
            if kind[0] in CODES and (not options.codes or kind[0] in options.codes):
                print(run(texts, kind, options.seed, options.verbose))


if __name__ == "__main__":
    main()
