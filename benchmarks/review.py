"""How long the groups of a large folder take: 200 articles, 2,000 findings in 120 groups, the largest of 300.

Scanning is not counted: the findings are made up, as in the tests. Seconds, wall clock.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import made_up
from ntm_repair.review import group_screen
from ntm_repair.review.commands import Commands

ARTICLES, FINDINGS, GROUPS, LARGEST = 200, 2_000, 120, 300


def articles() -> list[str]:
    """Marked texts of ten findings each."""
    sizes = [LARGEST] + [(FINDINGS - LARGEST) // (GROUPS - 1)] * (GROUPS - 1)
    sizes[1] += FINDINGS - sum(sizes)
    words = [f"hỏng{n}" for n, size in enumerate(sizes) for _ in range(size)]
    made_up.SUGGESTED.update({f"hỏng{n}": (f"lành {n}",) for n in range(GROUPS)})
    spread = [words[(i * 677) % FINDINGS] for i in range(FINDINGS)]
    line = "Đoạn {}: xã Bình Hòa có [[{}]] và nhiều việc khác để kể trong năm nay.\n"
    return ["\n".join(line.format(i, w) for i, w in enumerate(spread[a::ARTICLES])) for a in range(ARTICLES)]


def timed(what: str, run: Callable[[], object]) -> None:
    """Run and print."""
    started = time.perf_counter()
    run()
    print(f"{time.perf_counter() - started:7.3f} s  {what}")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scans = [made_up.scanned(folder / f"{n:03}.txt", text) for n, text in enumerate(articles())]
        review = made_up.session(scans, folder)

        def draw() -> None:
            group_screen.header(review, "vi", 120)
            group_screen.listing(review, 0, 20, "vi", 120)
            group_screen.detail(review, review.groups[0], "vi", 120)

        timed("the session, from its findings", lambda: made_up.session(scans, folder))
        timed(f"the groups ({len(review.groups)}) and the first screen", draw)
        timed(
            "one answer over the largest group, and the screen",
            lambda: (review.choose_for(review.groups[0], 1), draw()),
        )
        page = Commands(review, "vi", "")
        timed("the page's start", page.start)
        command = {"do": "choose", "group": 1, "number": 1, "article": 0}
        timed("one answer over a group on the page", lambda: page.act(command))
        review.books.close()


if __name__ == "__main__":
    main()
