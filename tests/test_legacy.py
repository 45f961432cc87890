"""Old encodings: every letter there and back, files repaired exactly, other languages left alone."""

from __future__ import annotations

import unicodedata

import pytest

from ntm_repair.decoding import decode
from ntm_repair.legacy import viqr
from ntm_repair.legacy.mojibake import is_exact, undo
from ntm_repair.legacy.tables import CHARSETS, TCVN3, VISCII, VNI, VPS, Charset
from ntm_repair.pipeline import clean, load_resources

LETTERS = [
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
] + ["đ"]
LETTERS += [letter.upper() for letter in LETTERS]
# Natural sentences that together hold every lower-case Vietnamese letter (checked below).
SENTENCES = (
    "Sáng ấy, bà con xã Hòa Mỹ kéo về chợ phiên, kẻ gánh người gồng, rộn rã cả một khúc sông.",
    "Cụ Đặng Ỷ kể chuyện đắp đập giữ nước, dẫn kênh vào đồng cạn, nhờ thế lúa trổ đều tăm tắp.",
    "Bọn trẻ nghịch ngợm đuổi bướm, vẽ những chiếc bè lá, hỉ hả cười dưới bóng tre ngả nghiêng.",
    "Kỹ sư trẻ chỉ dẫn tỉ mỉ cách ủ phân, tỉa cành; ai cũng ghi kỹ từng ý vào cuốn sổ nhỏ.",
    "Mẹ già ở làng Vĩnh Thủy lặng lẽ tẽ ngô, ngẫm nghĩ về thuở ruộng nứt nẻ, chẳng đủ ăn.",
    "Nay đường rộng, cầu mới, điện sáng, trường đẹp; lũ trẻ tung tăng, ông lão cũng mỉm cười.",
    "Ngỡ ngàng hơn cả là vườn bưởi của chị Mỵ: quả trĩu cành, vỏ vàng ươm, ngọt lịm như mật.",
    "Chị bảo: lỡ một vụ thì gỡ vụ sau, cứ chăm bẵm, đất chẳng phụ ai bao giờ, kể cả đất bạc màu.",
    "Thằng bé Tý ỉu xìu vì lỗ vốn hàng xén, ỡm ờ mãi mới chịu kể; cả nhà ồ lên, vỗ về.",
    "Ở đây ai cũng tự hào: ủy ban xã họp dân, nghe dân, ghi ý kiến vào sổ, trả lời từng việc một.",
    "Lặn lội sương sớm, các bà các chị ẵm con đi cấy, tiếng ru ầu ơ vẳng mãi trên đê quanh xã.",
    "Mùa lũ, kỳ nước lớn, mái nhà ẩm mốc, cả bọn cùng dễ dàng gửi đồ lên gác, rõ khéo lo xa, chí tình.",
)


def article(charset: Charset) -> str:
    return "\n\n".join(SENTENCES)


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda c: c.name)
def test_every_letter_goes_there_and_back(charset: Charset) -> None:
    for letter in LETTERS:
        assert charset.decode(charset.encode(letter)) == letter
    marked = [letter for letter in LETTERS if not letter.isascii()]
    codes = [charset.encode(letter) for letter in marked]
    assert len(set(codes)) == len(codes)
    assert all(code != letter for code, letter in zip(codes, marked, strict=True) if letter > "\xff")


def test_every_letter_is_typed_and_read_in_viqr() -> None:
    for letter in LETTERS:
        if letter.isascii():
            continue
        assert viqr.decode(viqr.encode(letter) + "n")[0] == letter + "n"


def test_the_sentences_hold_every_lower_case_letter() -> None:
    text = "".join(SENTENCES).lower()
    assert [letter for letter in LETTERS if letter.islower() and letter not in text] == []


def cleaned(data: bytes) -> str:
    result = clean(decode(data, "bai.txt"), load_resources())
    return result.data.decode("utf-8")


@pytest.mark.parametrize("charset", [TCVN3, VNI, VISCII, VPS], ids=lambda c: c.name)
@pytest.mark.parametrize("as_bytes", [True, False], ids=["bytes", "read as Western"])
def test_a_file_in_an_old_encoding_becomes_unicode(charset: Charset, as_bytes: bool) -> None:
    text = "\n\n".join(SENTENCES) + "\n"
    garbled = charset.encode(text)
    data = garbled.encode("latin-1") if as_bytes else garbled.encode("utf-8")
    assert cleaned(data) == text


def test_western_quotes_of_windows_do_not_hide_the_encoding() -> None:
    text = "\n\n".join(SENTENCES[:4])
    shown = VNI.encode(text).encode("latin-1").decode("cp1252")
    assert cleaned(shown.encode("utf-8")) == text


@pytest.mark.parametrize("charset", [TCVN3, VNI, VISCII, VPS], ids=lambda c: c.name)
def test_quotes_and_dashes_of_windows_stay(charset: Charset) -> None:
    text = "“Dân làm – dân giữ”, cụ Tám nói… ‘Việc làng’ là việc chung, ai cũng góp sức, góp của, góp cả tiếng cười."
    assert cleaned(charset.encode(text).encode("utf-8")) == text


def test_paragraphs_of_different_encodings_in_one_file() -> None:
    lines = [SENTENCES[0], TCVN3.encode(SENTENCES[1]), VNI.encode(SENTENCES[2]), SENTENCES[3]]
    assert cleaned("\n\n".join(lines).encode("utf-8")) == "\n\n".join(SENTENCES[:4])


HEAD = ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc")


@pytest.mark.parametrize("charset", [TCVN3, VNI, VISCII, VPS], ids=lambda c: c.name)
def test_the_head_of_an_official_paper_is_read_with_the_rest(charset: Charset) -> None:
    text = "\n\n".join((*HEAD, *SENTENCES[:2]))
    assert cleaned(charset.encode(text).encode("utf-8")) == text


@pytest.mark.parametrize("charset", [TCVN3, VNI], ids=lambda c: c.name)
@pytest.mark.parametrize("line", HEAD)
def test_a_short_line_that_everybody_knows_needs_no_other(charset: Charset, line: str) -> None:
    assert cleaned(f"{SENTENCES[0]}\n\n{charset.encode(line)}\n".encode()) == f"{SENTENCES[0]}\n\n{line}\n"


def test_short_lines_in_two_old_encodings_beside_unicode() -> None:
    lines = [SENTENCES[0], VNI.encode(HEAD[0]), TCVN3.encode(HEAD[1]), TCVN3.encode(SENTENCES[1])]
    assert cleaned("\n\n".join(lines).encode("utf-8")) == "\n\n".join((SENTENCES[0], *HEAD, SENTENCES[1]))


def test_two_words_that_an_old_encoding_explains_are_for_a_person() -> None:
    text = f"{SENTENCES[0]}\n\nVề {TCVN3.encode('đường làng')}\n"
    assert cleaned(text.encode("utf-8")) == text


def test_bytes_of_an_old_encoding_among_utf8() -> None:
    lines = [s.encode("utf-8") if i % 2 else TCVN3.encode(s).encode("latin-1") for i, s in enumerate(SENTENCES)]
    assert cleaned(b"\n\n".join(lines)) == "\n\n".join(SENTENCES)


def test_viqr_is_shown_and_not_changed_unasked_where_a_stop_may_be_a_tone() -> None:
    text = "\n\n".join(SENTENCES[:3])
    scanned = clean(decode(viqr.encode(text).encode(), "bai.txt"), load_resources()).scanned
    found = [f for f in scanned.findings if f.rule == "NTM602"]
    assert len(found) == 3
    assert all(f.suggestions[0].replacement in text for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "The village road was finished early. It's a well-known story, isn't it? Nobody says \"naïve\" or “café”.\n"
        * 5,
        "L'été dernier, la mère d'Hélène a préféré rester à côté du château; où êtes-vous allés? Ça, c'est sûr.\n" * 5,
        "Über die Straße läuft ein großer Bär; schöne Grüße aus München, wo die Bäume blühen.\n" * 5,
        "El niño comió piña en la mañana; ¿dónde está el corazón de la canción?\n" * 5,
        "A praça está cheia de gente; não há razão para a confusão, irmão.\n" * 5,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_other_languages_are_not_touched(text: str, encoding: str) -> None:
    try:
        document = decode(text.encode(encoding, "replace"), "bai.txt", encoding)
    except UnicodeEncodeError:
        pytest.skip("not in this encoding")
    result = clean(document, load_resources())
    assert result.data == text.encode(encoding, "replace")
    assert not [f for f in result.scanned.findings if f.rule in ("NTM601", "NTM602")]


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac-roman", "cp1258"])
@pytest.mark.parametrize("rounds", [1, 2])
def test_utf8_read_as_another_is_read_right(codec: str, rounds: int) -> None:
    for sentence in SENTENCES:
        garbled = sentence
        for _ in range(rounds):
            garbled = "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in garbled.encode("utf-8"))
        undone = undo(garbled)
        assert undone is not None
        assert unicodedata.normalize("NFC", undone.text) == sentence
        assert is_exact(garbled, undone)


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda c: c.name)
@pytest.mark.parametrize("as_bytes", [True, False], ids=["bytes", "read as Western"])
def test_a_file_of_every_letter_small_and_capital(charset: Charset, as_bytes: bool) -> None:
    small, capital = (" ".join(letter for letter in LETTERS if letter.islower() is low) for low in (True, False))
    text = "\n".join([small, capital, *(s.upper() for s in SENTENCES), *SENTENCES])
    garbled = charset.encode(text)
    assert cleaned(garbled.encode("latin-1" if as_bytes else "utf-8")) == text
