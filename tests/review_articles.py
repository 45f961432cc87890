"""Articles for the tests of the review, written for them."""

from __future__ import annotations

from pathlib import Path

ROAD = """Xã Bình Hòa làm đường

Đầu năm 2023, xã Bình Hòa vận động bà con hiến đất to open the road, đến nay ba thôn đã có đường bê tông.

Lãnh đạo xã thăm công trường thôn Đông

Lãnh đạo xã thăm công trường thôn Đông

Mùa mưa vừa qua, hai cầu tạm bị cuốn trôi because of the flood, bà con phải đi vòng qua xã bên.
"""
"""Two English fragments that need a person, and between them an exact repeat of a caption, which is safe to delete."""

BRIDGE = """Hai thôn vùng cao chờ cầu

Trường học ở thôn Tây vắng hẳn because of the flood, thầy cô phải dạy bù vào chủ nhật.

Bà con mong có đường để bán nông sản, nhiều nhà sẵn sàng hiến đất to open the road, chỉ chờ xã đo đạc.
"""

HARVEST, VISIT, BRIDGE_SITE = (
    "Bà con thôn Đông thu hoạch lúa mùa",
    "Lãnh đạo xã thăm công trường thôn Đông",
    "Cầu tạm ở thôn Tây",
)
_LINES = [
    "Năm nay, xã Bình Hòa được mùa, bà con phấn khởi vì lúa chắc hạt và bán được giá.",
    "Đường liên thôn làm xong trước vụ gặt, xe tải vào tận ruộng chở lúa về kho.",
    "Xã còn hai thôn phải qua cầu tạm, huyện đã bố trí vốn để xây cầu mới trong năm tới.",
]
TWO_CAPTIONS = "\n\n".join([_LINES[0], HARVEST, HARVEST, _LINES[1], VISIT, VISIT, _LINES[2]]) + "\n"
"""Two captions printed twice; the deletion they are offered is the same wherever they stand."""
THREE_CAPTIONS = f"{TWO_CAPTIONS}\n{BRIDGE_SITE}\n\n{BRIDGE_SITE}\n\n{_LINES[1]}\n"


def road(folder: Path, name: str = "duong.txt", text: str = ROAD) -> Path:
    """An article in a folder of its own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
