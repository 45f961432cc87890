"""Where an edit deletes all that a paragraph of a Word file holds, the paragraph goes with its words.

An empty paragraph is a blank line on the page. It is taken only out of the body of the document, and only where it
holds nothing but text and how that looks: no bookmark, comment, field, link, image, section break, tracked change.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from ntm_repair.patch import apply_edits
from ntm_repair.types import Edit

_HANGS_ON = regex.compile(r"<w:(?:sectPr|ins|del|move\w*|\w*Change)[\s/>]")
"""What may stand in a paragraph's or a run's properties and is more than how it looks."""
_PARAGRAPH = regex.compile(
    r"<w:p(?:\s[^<>]*+)?>(?P<looks><w:pPr>(?:(?!</w:pPr>).)*+</w:pPr>)?"
    r"(?P<runs>(?:<w:proofErr\s[^<>]*+>|<w:r(?:\s[^<>]*+)?>(?:<w:rPr>(?:(?!</w:rPr>).)*+</w:rPr>)?"
    r"(?:<w:t(?:\s[^<>]*+)?>[^<]*+</w:t>|<w:lastRenderedPageBreak/>)*+</w:r>)*+)</w:p>",
    regex.DOTALL,
)
_TEXT = regex.compile(r"(?<=<w:t(?:\s[^<>]*)?>)[^<]*+(?=</w:t>)")
_CONTAINERS = ("tc", "txbxContent", "sdtContent", "footnote", "comment")
"""What must not be left without a paragraph, or what something else counts on."""


def with_paragraphs(source: str, changes: Sequence[Edit]) -> list[Edit]:
    """The changes of a text part, by place, those that empty a paragraph widened over it."""
    widened: list[Edit] = []
    i = 0
    while i < len(changes):
        found = None if changes[i].replacement else _paragraph_at(source, changes[i].start)
        inside = 0 if found is None else sum(1 for c in changes[i:] if c.start < found.end())
        if found is None or not _emptied(source, found, changes[i : i + inside]) or not _in_the_body(source, found):
            widened.append(changes[i])
            i += 1
            continue
        widened.append(Edit(found.start(), found.end(), "", changes[i].rule))
        i += inside
    return widened


def _paragraph_at(source: str, at: int) -> regex.Match[str] | None:
    """The plain paragraph that a change of its first words stands in."""
    start = max(source.rfind("<w:p>", 0, at), source.rfind("<w:p ", 0, at))
    found = _PARAGRAPH.match(source, start) if start >= 0 else None
    return found if found is not None and at < found.end() else None


def _emptied(source: str, found: regex.Match[str], changes: Sequence[Edit]) -> bool:
    """Whether the changes delete the whole text of a paragraph that nothing else hangs on."""
    if any(change.replacement for change in changes) or _HANGS_ON.search(found.group()):
        return False
    start = found.start()
    rest = apply_edits(found.group(), [Edit(c.start - start, c.end - start, "") for c in changes])
    return not any(text.group().strip() for text in _TEXT.finditer(rest))


def _in_the_body(source: str, found: regex.Match[str]) -> bool:
    """Whether a paragraph is one of the body's own, and not what keeps two tables apart."""
    before = source[: found.start()]
    if before.endswith("</w:tbl>"):
        return False
    return all(before.count(f"<w:{c}>") + before.count(f"<w:{c} ") == before.count(f"</w:{c}>") for c in _CONTAINERS)
