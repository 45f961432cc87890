"""Words that Vietnamese doubles on purpose, and where a doubled word is none that a machine put down twice.

Full reduplication makes distributives ("người người"), softens adjectives ("gầy gầy") and names sounds and small movements
that go on ("gật gật", "vo vo"); Hoàng Văn Hành, Từ láy trong tiếng Việt (1985), describes the kinds. The lists are our own.
What no list can hold, for anyone may make up a sound, is told by how rare a word is: a machine doubles any word of
a text alike, so common ones most; who writes a word that hardly occurs elsewhere, twice in a row, meant to.
"""

from __future__ import annotations

from collections.abc import Sequence

from ntm_repair.context import BOUND, Context
from ntm_repair.tokens import Tokens
from ntm_repair.vietnamese import parse

REDUPLICATED = frozenset(
    """
    ngày đêm tháng năm người nhà ai đâu đời từ mãi luôn thường dần xa cao sáng chiều tối trưa hay vui lâu nhanh mau rất
    quá nhiều lớp tầng trùng rành chung đều vừa may bé con ba hai hàng ngành cùng lại đi nói cười xanh trắng đen tím
    hồng nâu xám xinh ngon run rung rưng chầm từng hằng kiếp nơi chốn bản làng xóm lo nghĩ chờ sờ khăng ào ầm rào
    rì vàng đỏ nhè lừng hao khác lạ nho thật gần xuân hạ thu đông nhỏ to dài chị anh em ông bà cô chú bác cha mẹ thôi
    đừng bảy tám chín mười trăm nghìn rầu tỉnh huyện xã thôn ấp tùng cắc bập bùm gâu meo
    """.split()
)
"""Syllables that are doubled on purpose whatever stands beside them: as distributives, for emphasis, in numbers."""
SOFTENED = frozenset(
    """
    thấp ngắn rộng hẹp dày mỏng béo gầy mập ốm nặng nhẹ chậm sớm muộn khuya đục sâu nông nóng lạnh mát ấm ẩm khô ướt
    rét cay chua mặn ngọt đắng chát nhạt bùi thơm thối khét tanh tròn méo vuông dẹt bẹt nhọn thẳng cong nghiêng lệch xiên
    sẫm đậm buồn khổ sướng mệt đau ngứa xót rát buốt nhức mỏi tê tức bực giận thương ngại thẹn ngượng đẹp xấu hiền
    ngoan lì khôn dại ngu khờ già trẻ non rách bẩn vơi vắng thưa kín hở lỏng chặt căng chùng mềm cứng dẻo giòn dai
    nhão loãng mịn ráp trơn mờ tỏ gắt êm ồn lặng yên im khẽ se dịu quen ngang bay gật lắc vẫy vuốt xoa gõ vỗ
    còng gù khòng khom nháy chớp ngó liếc hít ngửi nhấp nếm mút liếm nhai gặm cắn chọc khua giật nảy nhảy bò ngáp khóc mếu lượn vờn ngẫm
    the trầm khàn ghê hăng nồng lơ trơ vênh ngơ ngây say khùng điên hâm gàn lùn tươi héo gì vâng dạ ừ ờ hì hề khò tu thùng
    """.split()
)
"""Adjectives that doubling softens, verbs of movements that go on, answers. A machine may double them
too, so before the other half of a compound they count as any other word."""
_BODY = frozenset("tay chân đầu mắt mũi tai miệng môi râu tóc cổ vai lưng bụng ngực đuôi cánh mỏ".split())
"""What moves: "gật gật đầu" is as good as "gật gật"."""
RARE = -11.0
"""The log-probability (nats) of a word by itself below which it is hardly ever doubled but on purpose: 1,290 in 77 million
words. Next to the other half of a compound it counts as any other word, too."""


SELDOM = 1000.0
"""Count of a word of two syllables below which it may be one for a sound or a look, and so said twice to paint it."""
SELDOM_APART = 2500.0
"""Count that one of its syllables lies below, as those do that stand in such words only."""


def is_painting(first: str, second: str, context: Context) -> bool:
    """Whether two syllables make a word by sound, "xình xịch", "lốp bốp", one that is no common word for a thing.

    They share the onset or the rhyme, and one of them hardly occurs elsewhere: not "thành thị", "phong phú".
    """
    one, other = parse(first), parse(second)
    if one is None or other is None or (one.onset != other.onset and one.rhyme != other.rhyme):
        return False
    return context.pair(first, second) < SELDOM and min(context.word(first), context.word(second)) < SELDOM_APART


def doubled_on_purpose(tokens: Tokens, i: int, context: Context) -> bool:
    """Whether word `i`, which stands again right after itself, does so for a reason of its own."""
    word = tokens.lower[i]
    if len(word) == 1 or word in REDUPLICATED or _beside_another(tokens, i):
        return True
    left, right = tokens.left(i), tokens.right(i + 1)
    if not left and not right:
        return True  # an answer or an outcry: ", vâng vâng,"
    if tokens.words[i][0].isupper() and tokens.words[i + 1][0].isupper():
        return not _in_a_name(tokens, i, context)
    after = [(word, right[0])] if right and right[0] not in _BODY else []
    if word in SOFTENED:
        return not _bound(after, context)
    if left and (left[-1], word) == ("một", "mình"):
        return True  # "oai một mình mình": alone, and nobody else
    before = [(left[-1], word)] if left else []
    return context.logp(word) < RARE and not _bound(before + after, context)


def _bound(pairs: Sequence[tuple[str, str]], context: Context) -> bool:
    return any(context.pair(*pair) and context.association(*pair) >= BOUND for pair in pairs)


def _beside_another(tokens: Tokens, i: int) -> bool:
    """Whether a doubled word stands right before or after: "ra ra vào vào", "trùng trùng điệp điệp"."""
    line = tokens.lower

    def doubled(k: int) -> bool:
        return k >= 0 and k + 1 < len(line) and line[k] == line[k + 1] != "" and tokens.joined(k)

    return (doubled(i - 2) and tokens.joined(i - 1)) or (doubled(i + 2) and tokens.joined(i + 1))


def _in_a_name(tokens: Tokens, i: int, context: Context) -> bool:
    """Whether one copy of a doubled name belongs to a longer name beside it: "Hà Hà Nội"."""

    def one(first: int, second: int) -> bool:
        return (
            tokens.joined(first)
            and all(tokens.words[k][:1].isupper() for k in (first, second))
            and context.association(tokens.lower[first], tokens.lower[second]) >= BOUND
        )

    return (i > 0 and one(i - 1, i)) or (i + 2 < len(tokens) and one(i + 1, i + 2))
