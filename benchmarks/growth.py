"""Inputs made to be slow: `growth.py [CODE...|--long]`. Does the cost of any rule grow faster than the text?

Each text is scanned at three lengths, four times as long each; the exponent between the two longest says how the cost
grows: 1 is linear, 2 is quadratic. Whatever stays above `STEEP` and takes time worth the name is reported, and the
exit code is 1. Every rule is timed by itself, then the whole of `detect`.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable

from ntm_repair.article import Article
from ntm_repair.detect import detect, look_ahead
from ntm_repair.pipeline import load_resources
from ntm_repair.resources import Resources
from ntm_repair.rules import RULES
from ntm_repair.types import Document, Source

LENGTHS = (4_000, 16_000, 64_000)
"""Code points."""
STEEP = 1.5
WORTH = 0.2
"""Seconds below which an exponent is noise."""


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def numbered(piece: str) -> Callable[[int], str]:
    return lambda size: "".join(piece.format(i) for i in range(size // len(piece) + 1))[:size]


def mixed(size: int) -> str:
    rng = random.Random(size)
    pieces = [
        "xã ",
        "huyện, ",
        "the ",
        "NTM ",
        "(",
        ")",
        "“",
        "”",
        "12/5 ",
        "T",
        " .",
        "  ",
        "á",
        "\n",
        "Ã",
        "-",
        "_",
        '"',
    ]
    return "".join(rng.choice(pieces) for _ in range(size))[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    "one line of prose": repeated("Toàn huyện có 12 xã đạt chuẩn nông thôn mới, thu nhập của bà con tăng. "),
    "one caption over and over": repeated("Đoàn công tác thăm mô hình trồng cam ở xã Thượng Lộc\n"),
    "English over and over": repeated("Xã có to finish the plan of the year trước hạn. "),
    "only syllables of both languages": repeated("to do an can so the in me no "),
    "only acronyms": repeated("UBND NTM HĐND MTTQ "),
    "a word without end": repeated("á"),
    "letters without end": repeated("ab"),
    "opening brackets": repeated("((“[«"),
    "stops": repeated(". . ! ? … "),
    "spaces": repeated(" "),
    "lone straight quotes": repeated('" a'),
    "hyphens": repeated("a-b-"),
    "garbled letters": repeated("Ná»™i dung Ã¡Â "),
    "blank lines": repeated("\n"),
    "short lines": repeated("xã\n"),
    "carriage returns": repeated("Xã Phú Gia,\r"),
    "addresses": repeated("a.b@c.d.vn http://x "),
    "letters and stops": repeated("a.b."),
    "numbers and stops": repeated("1."),
    "calls": repeated("f(a.b"),
    "backticks": repeated("` a "),
    "braces": repeated("\\a{x_{"),
    "dates": repeated("12/5/2020, 8:30 - "),
    "buttons": repeated("Chia sẻ | Facebook | "),
    "words said twice": repeated("xã xã hội hội "),
    "lines that begin alike": numbered("Đội thi thứ {} xã Sơn Lâm trình bày tiết mục chào hỏi\n"),
    "a mixture": mixed,
}


def article(text: str) -> Article:
    return Article(Document(text, Source("", "0" * 64, "utf-8")))


def main() -> None:
    resources = load_resources()
    detect(article("Xã có to finish the plan, đạt chuẩn mới nông thôn."), resources)
    if sys.argv[1:] == ["--long"]:
        long(resources)
        return
    codes = sys.argv[1:]
    works: dict[str, Callable[[Article], object]] = {
        rule.code: lambda a, rule=rule: list(rule.find(a, resources))  # type: ignore[misc]
        for rule in RULES
        if not codes or rule.code in codes
    }
    if not codes:
        works["detect"] = lambda a: detect(a, resources)
        works["ahead"] = lambda a: look_ahead([a], resources)
    steep = 0
    for name, make in TEXTS.items():
        for code, work in works.items():
            costs = []
            for length in LENGTHS:
                made = article(make(length))
                start = time.process_time()
                work(made)
                costs.append(time.process_time() - start)
                if costs[-1] > 60:
                    break
            exponent = math.log(costs[-1] / costs[-2]) / math.log(4) if len(costs) > 1 and costs[-2] else 0.0
            if costs[-1] > WORTH and exponent > STEEP:
                steep += 1
                print(
                    f"{name:<34} {code:<8} {' '.join(f'{c:.3f}' for c in costs)} s, exponent {exponent:.2f}", flush=True
                )
    print(
        f"{steep} of {len(TEXTS) * len(works)} grow faster than the text"
        if steep
        else "nothing grows faster than the text"
    )
    sys.exit(steep > 0)


def long(resources: Resources) -> None:
    """Whole articles of sizes nobody writes: seconds for a tenth of each, then for all of it."""
    for name, size in (("one line of prose", 10_000_000), ("one caption over and over", 5_400_000)):
        costs = []
        for length in (size // 10, size):
            made = article(TEXTS[name](length))
            start = time.process_time()
            look_ahead([made], resources)
            found = len(detect(made, resources))
            costs.append(time.process_time() - start)
        print(f"{name:<34} {size:,} code points, {found:,} findings: {costs[0]:.1f} s, {costs[1]:.1f} s", flush=True)


if __name__ == "__main__":
    main()
