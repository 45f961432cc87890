"""What opens a Vietnamese sentence: before a comma, or before its verb."""

from __future__ import annotations

CONNECTIVES = frozenset(
    line.strip()
    for line in """
    bên cạnh đó|bên cạnh đấy|bởi thế|bởi vậy|chính vì thế|chính vì vậy|chẳng hạn|cho đến nay|cho nên|cùng với đó
    cụ thể|cuối cùng|do đó|do vậy|dù vậy|đặc biệt|đến nay|đồng thời|đầu tiên|gần đây|hiện nay|hiện tại|hơn nữa
    hơn thế nữa|hàng năm|hằng năm|kết quả là|mặc dù vậy|mặt khác|năm nay|ngoài ra|ngược lại|nhìn chung|nhờ đó|nhờ vậy
    nói cách khác|qua đó|quan trọng hơn|sau đó|song song đó|song song với đó|thay vào đó|theo đó|thời gian qua
    thời gian tới|thực tế|thực tế cho thấy|tiếp đó|tiếp theo|tóm lại|trên cơ sở đó|trong đó|trong khi đó|trước đó
    trước hết|trước mắt|trước tiên|tuy nhiên|tuy vậy|từ đó|tương tự|vì lẽ đó|vì thế|vì vậy|ví dụ|về lâu dài|trái lại
    """.replace("\n", "|").split("|")
    if line.strip()
)

OPENERS = frozenset(
    "hiện|hiện nay|hiện tại|nay|đến nay|tới nay|lâu nay|bấy lâu nay|trước đây|trước kia|trước đó|sau đó"
    "|mới đây|gần đây|vừa qua|bây giờ|giờ đây".split("|")
)
"""Adverbs of time that stand before the marks of a verb, where no subject is named."""
VERB_MARKS = frozenset("vẫn đã đang sẽ sắp vừa mới chưa còn".split())
"""What they stand before."""
