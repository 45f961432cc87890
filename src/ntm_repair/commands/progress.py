"""How far a run is: a bar on the terminal, with the rate and the time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ntm_repair.batch.tasks import Tally
from ntm_repair.messages import Language, phrase


@contextmanager
def progress(total: int, lang: Language, wanted: bool = True) -> Iterator[Callable[[float, Tally], None]]:
    """A bar with rate and time left on a terminal, nothing elsewhere. It is told input bytes, and counts."""
    if not wanted or not sys.stderr.isatty():
        yield lambda size, tally: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    counts = Tally()
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=max(total, 1), rate="")

        def through(size: float, tally: Tally) -> None:
            counts.articles += tally.articles
            counts.failures += tally.failures
            running = bar.tasks[0]
            rate = counts.articles / running.elapsed if running.elapsed else 0.0
            bar.update(
                task,
                advance=size,
                description=phrase("batch.progress", lang, articles=counts.articles, failures=counts.failures),
                rate=phrase("batch.rate", lang, rate=f"{rate:.0f}"),
            )

        yield through
