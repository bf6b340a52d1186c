"""The classes of addressees that documents of unions, of the state and of the Party name, and what each of them means.

A class of the union means kinds of unit; a class of the state or the Party means the units whose names begin so.
"""

import re
from dataclasses import dataclass

from models.vocabulary import UnitKind

UPPER = (UnitKind.DISTRICT, UnitKind.SECTOR, UnitKind.ZONE, UnitKind.COMMUNE)
"""The kinds that stand directly above grassroots unions (công đoàn cấp trên trực tiếp cơ sở)."""


@dataclass(frozen=True, slots=True)
class AddresseeClass:
    """The words of a class, its kinds, and the beginning of its units' names where the kinds do not tell.

    `depth` 1: only those directly below the issuer ("trực thuộc").
    """

    words: re.Pattern[str]
    kinds: tuple[UnitKind, ...]
    names: re.Pattern[str] | None = None
    depth: int | None = None


UNION = r"(?:liên đoàn lao động|công đoàn)"
_AND = r"\s*(?:,|;|và)\s*(?:các\s+)?"


def _listed(*names: str) -> str:
    one = rf"(?:{'|'.join(names)})"
    return rf"{one}(?:{_AND}{one})*(?!\w)"


PROVINCES = rf"tỉnh{_AND}thành phố(?: trực thuộc trung ương)?(?!\w)"
DISTRICTS = _listed("huyện", "quận", "thị xã", "thị", "thành phố")
COMMUNES = _listed("xã", "phường", "thị trấn", "đặc khu")
ZONES = _listed("khu công nghiệp", "khu kinh tế", "khu chế xuất", "khu công nghệ cao")
OF_PROVINCE = r"(?:\s+(?:cấp\s+)?(?:tỉnh|thành phố)(?!\s*,))?"


def _class(words: str, *kinds: UnitKind, names: str | None = None, depth: int | None = None) -> AddresseeClass:
    began = re.compile(names) if names else None
    return AddresseeClass(re.compile(rf"(?<!\w){words}", re.IGNORECASE), kinds, began, depth)


_STATE = r"ủy ban nhân dân"
_GRASSROOTS = r"(?:công đoàn cơ sở|nghiệp đoàn)(?:(?: và|,) (?:công đoàn cơ sở|nghiệp đoàn))*(?: cơ sở)?(?!\w)"

CLASSES: tuple[AddresseeClass, ...] = (
    _class(r"(?:các cấp công đoàn|công đoàn các cấp)(?!\w)", *UPPER, UnitKind.GRASSROOTS),
    _class(r"(?:các )?công đoàn cấp trên(?: trực tiếp)?(?: của)?(?: công đoàn)?(?: cơ sở| cs)?(?!\w)", *UPPER),
    # The state and the Party, before the unions that stand at the same levels.
    _class(rf"{_STATE}(?: các)? {PROVINCES}", UnitKind.PROVINCIAL, names=rf"{_STATE} (?:tỉnh|thành phố)"),
    _class(
        rf"(?:các )?tỉnh ủy{_AND}thành ủy(?: trực thuộc trung ương)?(?!\w)",
        UnitKind.PROVINCIAL,
        names=r"(?:tỉnh|thành) ủy",
    ),
    _class(rf"{_STATE}(?: các)? {COMMUNES}", UnitKind.COMMUNE, names=rf"{_STATE} (?:xã|phường|thị trấn|đặc khu)"),
    _class(rf"{_STATE}(?: các)? {DISTRICTS}", UnitKind.DISTRICT, names=rf"{_STATE} (?:huyện|quận|thị xã|thành phố)"),
    _class(rf"đảng ủy(?: các)? {COMMUNES}", UnitKind.COMMUNE, names=r"đảng ủy (?:xã|phường|thị trấn|đặc khu)"),
    _class(
        rf"(?:các )?{_listed('huyện ủy', 'thành ủy', 'thị ủy', 'quận ủy')}",
        UnitKind.DISTRICT,
        names=r"(?:huyện|thành|thị|quận) ủy",
    ),
    _class(
        rf"(?<!công đoàn )các {_listed('sở', 'ban ngành', 'ngành')}(?:{_AND}(?:ban|ngành|cơ quan)(?!\w))*{OF_PROVINCE}",
        names=r"(?:sở|ban(?!.*(?:liên đoàn lao động|công đoàn))|cục|thanh tra|công an|bộ chỉ huy)(?!\w)",
    ),
    _class(
        rf"các {_listed('hội', 'đoàn thể', 'tổ chức chính trị xã hội')}{OF_PROVINCE}",
        names=r"(?:hội|đoàn thanh niên|tỉnh đoàn|liên đoàn|liên hiệp|ủy ban mặt trận)(?!\w)",
    ),
    # The union.
    _class(rf"{UNION}(?: các)? {PROVINCES}", UnitKind.PROVINCIAL),
    _class(rf"{UNION}(?: các)? {DISTRICTS}", UnitKind.DISTRICT),
    _class(rf"{UNION}(?: các)? {_listed('ngành', 'viên chức')}(?: địa phương)?{OF_PROVINCE}", UnitKind.SECTOR),
    _class(rf"(?:{UNION} )?(?<!quản lý )(?:các )?(?<!quản lý các ){ZONES}{OF_PROVINCE}", UnitKind.ZONE),
    _class(rf"{UNION}(?: các)? {COMMUNES}", UnitKind.COMMUNE),
    _class(rf"(?:các )?{_GRASSROOTS} trực thuộc(?: liên đoàn lao động)?(?: tỉnh)?(?!\w)", UnitKind.GRASSROOTS, depth=1),
    _class(rf"(?:các )?{_GRASSROOTS}", UnitKind.GRASSROOTS),
    _class(
        r"các (?:phòng, )?ban(?:, (?:và )?| và )(?:các )?đơn vị(?: sự nghiệp)?(?: trực thuộc)?(?!\w)",
        UnitKind.OFFICE,
        UnitKind.AFFILIATED,
        depth=1,
    ),
    _class(r"các ban(?:, văn phòng)?(?: (?:của )?liên đoàn lao động)?(?: tỉnh)?(?!\w)", UnitKind.OFFICE, depth=1),
    _class(
        r"(?:các )?đơn vị (?:sự nghiệp|kinh tế|trực thuộc)(?:(?:, | và )kinh tế)?(?: trực thuộc)?(?!\w)",
        UnitKind.AFFILIATED,
    ),
)

OUTSIDE_UNION = re.compile(
    r"(?:ủy ban|hội đồng nhân dân|sở|đảng ủy|huyện ủy|thành ủy|thị ủy|tỉnh ủy|công an|phòng|cục|chi cục)(?!\w)"
)
"""How the names of bodies begin that are no unions, though they may be of the same kinds."""

FILLING = re.compile(
    r"(?<!\w)(?:các|những|và|cùng|với|của|thuộc|trực thuộc|trong|toàn|tỉnh|trên|địa bàn|có liên quan|liên quan|"
    r"đồng chí|ban thường vụ|ban chấp hành|thường trực|lãnh đạo|chủ tịch|thủ trưởng|bộ trưởng|giám đốc|đề nghị|giao|"
    r"yêu cầu|đối với)(?!\w)",
    re.IGNORECASE,
)
"""Words between the names of those addressed that name nobody."""
