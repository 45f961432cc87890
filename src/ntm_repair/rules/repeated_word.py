"""NTM203: a word or phrase that stands twice in a row.

Vietnamese repeats words with good reason: reduplication ("xanh xanh", "từ từ"), and two words that meet ("vật lý | lý
thuyết", "công an | an toàn"). A repeat is judged as a noisy channel: how much better the sentence reads with one copy,
by the counts of Vietnamese news, against what a repeat costs; and where each copy makes a word with its own side, both
stay. A phrase of three words and more is hardly ever repeated on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntm_repair.article import Article
from ntm_repair.context import BOUND, Context
from ntm_repair.resources import Resources
from ntm_repair.rules.base import Rule
from ntm_repair.rules.reduplication import doubled_on_purpose, is_painting
from ntm_repair.tokens import Tokens
from ntm_repair.types import Hit, Message, Suggestion
from ntm_repair.vietnamese import is_syllable

GAIN = 4.0
"""Nats by which the sentence must read better with one copy."""
WORD = 1.5
"""Association (nats) from which two syllables count as one word."""
SHARE = 0.08
"""Where the single copy between its neighbours is this share of their pairs or more, it is no meeting of two words."""
TAKEN_SHARE = 0.1
"""The same where the word before needs the first copy for sure."""
SEEN = 100.0
"""Count a pair then needs to be two words that news has."""
DOUBLED = 0.8
"""Association (nats) of a syllable with itself from which it counts as reduplication."""
_SOUNDS = frozenset(
    (
        "à ơi,tí tách,tích tắc,lộp độp,lách cách,leng keng,rì rào,xào xạc,róc rách,lắc rắc,rì rầm,thình thịch,lạch cạch,"
        "lóc cóc,ầu ơ,ò ó,tu hú,lao xao,xì xào,ào ào,loảng xoảng,lốp bốp,tò te,ù ù,vi vu,bập bùng"
    ).split(",")
)
"""Words for sounds, which are said again and again."""
_OPENS_PHRASE = frozenset("nào nấy".split())
"""After these the second copy opens a phrase: "chợ hoa | hoa nào cũng có"."""
_VERB_BEFORE_NOUN = frozenset(("thành", after) for after in "phố viên phần thị tích quả công".split())
""" "trở thành | thành phố": the counts know the first word by itself as well as in the second."""
_MEET = _VERB_BEFORE_NOUN | {("tạo", "sinh")}
"""Likewise words newer than the counts: "trí tuệ nhân tạo | tạo sinh"."""
_DOERS = frozenset("học bán mua xem nghe đọc viết dùng chơi hỏi nói làm".split())
"""Verbs that "người" makes nouns of: "người học | học cách cầm bút"."""
_HEADS = frozenset("người bên kẻ viện quan đội tổ ban sở đơn".split())
"""Nouns, or ends of nouns, that the next list makes names of those who do something; and it is said that they do it."""
_DOING = frozenset(
    (
        "kiểm sát,điều tra,giám định,giám sát,kiểm tra,thanh tra,kiểm toán,quản lý,ủy quyền,uỷ quyền,được ủy quyền,"
        "được uỷ quyền,ủy thác,uỷ thác,phiên dịch,bào chữa,đại diện,bảo lãnh,bảo vệ,tư vấn,phục vụ,hướng dẫn,có quyền,"
        "có nghĩa vụ,cho thuê,cho vay,đặt cọc,đấu giá,vận chuyển,sử dụng,tố cáo,khiếu nại,thi hành"
    ).split(",")
)
""" "Viện kiểm sát | kiểm sát việc tuân theo pháp luật", "bên được ủy quyền | được ủy quyền lại"."""
_OF_PLACES = frozenset("thôn xã huyện tỉnh phường quận bản buôn ấp xóm".split())
"""What stands before the name of a place, once."""
_ORGANS = frozenset(("ủy", "uỷ", "đoàn", "đội"))
""" "Tỉnh ủy", "Huyện đoàn": no name of a place."""
PLACE = 4.0
"""Nats that such a word, said twice the same way before a name, says by itself."""
BEGINS = 0.5
"""Association (nats) of a copy with the word after it that will do where the first copy is taken for sure."""
LONGEST = 40
"""The longest phrase looked for, in words: as long as a caption."""


def find(article: Article, resources: Resources) -> Iterator[Hit]:
    """The second copies, in order."""
    for tokens in article.tokens_for(RULE.code):
        yield from _find(tokens, resources.context)


def _find(tokens: Tokens, context: Context) -> Iterator[Hit]:
    last: dict[str, int] = {}
    done = 0
    for j, word in enumerate(tokens.lower):
        i = last.get(word, -1)
        last[word] = j
        length = j - i
        if not word or i < done or length > LONGEST or j + length > len(tokens):
            continue
        if tokens.lower[i:j] != tokens.lower[j : j + length] or not _in_a_row(tokens, i, j + length):
            continue
        gain = _gain(tokens, i, length, context)
        if gain > 0 and tokens.in_vietnamese(j):
            yield _hit(tokens, j, length, gain)
            done = j + length


def _in_a_row(tokens: Tokens, first: int, end: int) -> bool:
    return all(tokens.joined(k) for k in range(first, end - 1))


def _gain(tokens: Tokens, i: int, length: int, context: Context) -> float:
    """Nats won by one copy over what is asked for; 0 or less where the repeat should stay."""
    words = tokens.lower[i : i + length]
    if any(any(c.isdigit() or c == "_" for c in w) for w in words):
        return 0.0
    left, right = tokens.left(i), tokens.right(i + 2 * length - 1)
    if right and left and left[-1] in _HEADS and " ".join(words) in _DOING:
        return 0.0
    gain = context.score(words, left, right) - context.score([*words, *words], left, right)
    if length >= 3:
        return gain
    forms = tokens.words[i : i + 2 * length]
    if not all(is_syllable(w) for w in words):
        return 0.0
    if length == 2:
        painting = " ".join(words) in _SOUNDS or is_painting(words[0], words[1], context)
        return 0.0 if painting or all(f[0].isupper() for f in forms) else gain - GAIN
    word = words[0]
    bound = bool(left) and context.association(left[-1], word) >= WORD  # "hợp tác xã | xã Phú Lộc"
    if word in _OF_PLACES and forms[0] == forms[1] and not bound and _is_named(tokens, i + 2):
        return gain + PLACE
    if forms[0][0].islower() and forms[1][0].isupper():
        return 0.0  # a name begins: "Công đoàn | Đoàn kết", "giải | Giải Nobel"
    if forms[0][0].isupper() and forms[1][0].islower() and left:
        return 0.0  # a name ends: "anh Tư | tư vấn"
    if doubled_on_purpose(tokens, i, context) or _common(word, context) or _two_words_meet(word, left, right, context):
        return 0.0
    return gain - GAIN


def _is_named(tokens: Tokens, i: int) -> bool:
    """Whether word `i` stands right behind the one before and begins a name: "huyện huyện | Lệ Thủy"."""
    return tokens.joined(i - 1) and tokens.words[i][0].isupper() and tokens.lower[i] not in _ORGANS


def _common(word: str, context: Context) -> bool:
    """Whether news doubles the word."""
    return context.pair(word, word) > 0 and context.association(word, word) >= DOUBLED


def _two_words_meet(word: str, left: list[str], right: list[str], context: Context) -> bool:
    """Whether the first copy ends a word and the second begins one."""
    if not left or not right:
        return False
    before, after = left[-1], right[0]
    if after in _OPENS_PHRASE or (word, after) in _MEET or (before == "người" and word in _DOERS):
        return True
    after_pair, taken = context.pair(word, after), context.alone(before) >= BOUND
    if taken and context.association(before, word) >= BOUND and context.association(word, after) >= BEGINS:
        # "đảm bảo | bảo toàn": the word before needs the first copy.
        return after_pair >= SEEN and context.triple(before, word, after) < TAKEN_SHARE * after_pair
    if context.association(before, word) < WORD or context.association(word, after) < WORD:
        return False
    pairs = min(context.pair(before, word), after_pair)
    return context.triple(before, word, after) < SHARE * pairs


def _hit(tokens: Tokens, j: int, length: int, gain: float) -> Hit:
    confidence = round(min(0.99, 0.7 + gain / 40), 3)
    key = "ntm203.word" if length == 1 else "ntm203.phrase"
    return Hit(
        tokens.starts[j],
        tokens.ends[j + length - 1],
        Message(key, {"count": length}),
        confidence,
        {"words": length, "gain_nats": round(gain, 2)},
        (Suggestion("", confidence, "deletion", Message("ntm203.deletion")),),
    )


RULE = Rule(
    code="NTM203",
    name="repeated-word",
    why={
        "vi": "Khi dịch máy hoặc ghép câu, một từ hay cụm từ bị chép hai lần liền nhau.",
        "en": "Machine translation or a careless join put a word or phrase down twice in a row.",
    },
    applicability="review",
    find=find,
    in_text=lambda article: True,
    bad=(
        "Đội bóng xã Vĩnh Hòa giành chức [[chức]] vô địch giải bóng chuyền nông dân.",
        "Bác sĩ ở Hà [[Hà]] Tĩnh về khám bệnh cho bà con vùng lũ.",
        "Công an [[an]] tỉnh đã về xã làm căn cước công dân cho bà con.",
        "Cơ quan chức năng đang làm rõ vụ [[vụ]] việc trên.",
        "Huyện tổ chức [[tổ chức]] lễ phát động trồng cây đầu xuân.",
        "Các hộ dân tham gia mô hình nuôi cá lồng [[tham gia mô hình nuôi cá lồng]] đều có lãi.",
    ),
    good=(
        "Cánh đồng xanh xanh chạy dài tít tắp, bà con từ từ gặt lúa.",
        "Ngày ngày, chị ra vườn hái rau.",
        "Em học giỏi vật lý lý thuyết từ nhỏ.",
        "Đó là xu thế thế giới, không ai đứng ngoài.",
        "Giống lúa này có tiềm năng năng suất cao.",
        "Lực lượng công an an toàn trở về đơn vị.",
        "Bé Bảo Bảo học lớp ba trường làng.",
        "Ai ai cũng vui, người người thi đua, nhà nhà hiến đất.",
        "Ong bay vo vo, bà cụ gầy gầy gật gật đầu, bọn trẻ ra ra vào vào cười hì hì.",
        "Bé Lan Lan chạy đi mở cổng, vâng vâng, dạ dạ.",
        "Tàu chạy xình xịch xình xịch qua cánh đồng, bà cụ lưng còng còng đứng nhìn theo.",
    ),
)
