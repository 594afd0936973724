"""Tables of units as people would have typed them: made from a seed, in every form, number style and encoding."""

import csv
import io
import json
import random
import unicodedata
from dataclasses import dataclass, field

import numpy as np
from openpyxl import Workbook

from model.rules.files import load
from model.table import leagues as tables
from model.table.league import columns

PARTS = {c.key: c.max_points for c in load("766-2026").components}
MEASURED = [key for key in columns(load("766-2026")) if key != "dossiers_satisfied"]
CRITERIA = {c.key: c for c in load("766-2026").criteria if c.key != "dossiers_satisfied"}
PORTAL = {
    "transparency": "Công khai, minh bạch",
    "progress": "Tiến độ giải quyết",
    "online_services": "Dịch vụ trực tuyến",
    "online_payment": "Thanh toán trực tuyến",
    "satisfaction": "Mức độ hài lòng",
    "digitization": "Số hóa hồ sơ",
}
STAFF = {
    "transparency": "Công khai (18đ)",
    "progress": "Tiến độ (20đ)",
    "online_services": "DVC TT (12đ)",
    "digitization": "Số hóa (22đ)",
    "online_payment": "Thanh toán (10đ)",
    "satisfaction": "Hài lòng (18đ)",
}
OLD = dict(zip(PORTAL, ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH"), strict=True))
FORMS = ("own", "six", "five", "staff", "old", "detail")
CONTAINERS = (",", ";", "\t", "pasted", "xlsx", "json")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258")
NAMES = tables.find("dak_lak_2026-10-10").names
_NOTHING = ("", "", "", "-", "–", "N/A", "không có")


@dataclass(frozen=True)
class Figure:
    """A number with what it is: points (of a maximum), count or rate; None where it is not reported."""

    kind: str
    value: float | None
    most: float = 0


@dataclass
class Table:
    """Headings, rows of texts and figures, and what a reader must find in them."""

    form: str
    header: list[str]
    rows: list[list[str | int | Figure]]
    names: list[str]
    codes: list[str]
    figures: list[dict[str, float | None]]  # {component or "score": points; "done.key", "due.key", "rate.key"}
    above: list[list[str]] = field(default_factory=list)


def table(form: str, seed: int, units: int) -> Table:
    """A table of so many units in a form; every figure may be missing, zero or full."""
    dice = random.Random(seed)
    if form == "detail":
        return _detail(dice)
    names = dice.sample(NAMES, units)
    codes = [dice.choice(["{:05}", "H{}.1", "{}"]).format(i + 7) for i in range(units)]
    parts = [
        "online" if key == "online_services" else key for key in PORTAL if form != "five" or key != "online_payment"
    ]
    parts = list(PARTS) if form != "five" else parts
    keys = dice.sample(MEASURED, dice.randint(0, 4)) if form == "own" else []
    counted = [key for key in keys if dice.random() < 0.6]
    figures = []
    for _ in range(units):
        points = {part: _points(dice, 22 if part == "online" else PARTS[part]) for part in parts}
        whole = None if None in points.values() else round(sum(points.values()), 2)
        points["score"] = dice.choice([whole, whole, whole, _points(dice, 100)])
        for key in counted:
            points[f"due.{key}"], points[f"done.{key}"] = _counts(dice)
        points |= {f"rate.{key}": _rate(dice) for key in keys if key not in counted}
        figures.append(points)
    figures[0]["score"] = figures[0]["score"] or 50.0  # something is reported, and no row of it is empty
    for key in (key for key in keys if key not in counted):
        figures[0][f"rate.{key}"] = 0.9765  # tells percent from fraction
    made = Table(form, [], [], names, codes, figures)
    _lay_out(made, parts, [key for key in figures[0] if "." in key], dice)
    return made


def _points(dice: random.Random, most: float) -> float | None:
    return dice.choice([None, 0.0, float(most), *(round(dice.uniform(0, most), 2) for _ in range(5))])


def _counts(dice: random.Random) -> tuple[int | None, int | None]:
    due = dice.choice([None, 0, 1, 7, 999, 1000, 3483, 1234567, dice.randint(0, 99_999)])
    return due, None if due is None else dice.choice([0, due, dice.randint(0, due)])


def _rate(dice: random.Random) -> float | None:
    return dice.choice([None, 0.0, 1.0, round(dice.random(), 4), round(dice.random(), 2)])


def _lay_out(made: Table, parts: list[str], measured: list[str], dice: random.Random) -> None:
    """Header and rows of a form."""
    ranks = [str(i + 1) for i in range(len(made.names))]
    points = [(part, {"online": 22, "score": 100}.get(part) or PARTS[part]) for part in parts]
    if made.form == "own":
        lead = [("unit_code", made.codes), ("unit_name", made.names)]
        heads = {part: f"{part}_points" for part in parts} | {"score": "published_score"}
        heads |= {
            key: key.partition(".")[2] + ("" if key[0] == "r" else f"_{key.partition('.')[0]}") for key in measured
        }
    elif made.form == "staff":
        lead = [("Hạng", ranks), ("Tên Đơn vị, Cơ quan", made.names), ("Cấp Đơn vị", ["Cấp xã"] * len(ranks))]
        lead.append(("Mã Đơn vị", made.codes))
        heads, points = {**STAFF, "score": "TỔNG ĐIỂM (100đ)"}, [(part, PARTS[part]) for part in STAFF]
    elif made.form == "old":
        lead = [("TEN", made.names), ("MA_COQUAN", made.codes), ("ROW_STT", ranks)]
        heads = {**OLD, "score": "TONG_SCORE"}
    else:
        lead = [("STT", ranks), (dice.choice(["Tỉnh/Thành phố", "Tên đơn vị", "Xã, phường"]), made.names)]
        made.codes = []
        heads = {**PORTAL, "score": "Tổng điểm", "online": "Dịch vụ trực tuyến (22đ)"}
    shown = [*points, ("score", 100), *((key, 0) for key in measured)]
    made.header = [head for head, _ in lead] + [heads[key] for key, _ in shown]
    kinds = {"done": "count", "due": "count", "rate": "rate"}
    for i, told in enumerate(made.figures):
        cells = [Figure(kinds.get(key.partition(".")[0], "points"), told[key], most) for key, most in shown]
        made.rows.append([*(texts[i] for _, texts in lead), *cells])
    if made.form == "staff":
        made.header.append("Xếp loại")
        made.rows = [[*row, "Tốt"] for row in made.rows]


def _detail(dice: random.Random) -> Table:
    """A sheet of one unit's criteria."""
    name, told = dice.choice(NAMES), {}
    made = Table("detail", [], [], [name], [], [told], above=[[f"Đơn vị: {name}"]])
    made.header = ["STT", "Nhóm Chỉ số", "Tên Tiêu chí Thành phần", "Tử số", "Mẫu số", "Điểm Đạt / Tối đa"]
    for part, most in PARTS.items():
        if dice.random() < 0.5:
            told[part] = round(dice.uniform(0, most), 2)
            made.rows.append(["", PORTAL[part], "", "", "", Figure("points", told[part], most)])
        for key, one in CRITERIA.items():
            if one.component == part and dice.random() < 0.7:
                told[f"due.{key}"], told[f"done.{key}"] = _counts(dice)
                counts = [Figure("count", told[f"{what}.{key}"]) for what in ("done", "due")]
                title = dice.choice([one.number, f"{one.number}. {one.name['vi']}", one.name["vi"]])
                made.rows.append([str(len(made.rows) + 1), PORTAL[part], title, *counts, ""])
    if not any(value is not None for value in told.values()):
        told["progress"] = 19.53
        made.rows.append(["", PORTAL["progress"], "", "", "", Figure("points", 19.53, 20)])
    return made


@dataclass(frozen=True)
class Style:
    """How numbers are typed: decimal and thousands marks, what stands behind points, how rates are given."""

    decimal: str
    thousands: str
    behind: str
    rate: str  # "signed", "percent", "fraction"
    full: bool  # two decimals always

    def text(self, figure: Figure) -> str:
        """A figure as typed."""
        if figure.kind == "count":
            return f"{figure.value:,}".replace(",", self.thousands)
        if figure.kind == "points":
            number = f"{figure.value:.2f}" if self.full else f"{figure.value:g}"
            return number.replace(".", self.decimal) + self.behind.format(f"{figure.most:g}")
        number = f"{figure.value:.6g}" if self.rate == "fraction" else f"{100 * figure.value:.6g}"
        return number.replace(".", self.decimal) + ("%" if self.rate == "signed" else "")


def style(dice: random.Random) -> Style:
    """A style that is not ambiguous."""
    return Style(
        dice.choice(",."),
        dice.choice([".", ",", " ", "\u00a0", ""]),
        dice.choice(["", "", "/{}", " điểm", "đ"]),
        dice.choice(["signed", "percent", "fraction"]),
        dice.random() < 0.5,
    )


def typed(made: Table, how: Style, dice: random.Random) -> list[list[object]]:
    """Rows of texts and figures with titles above, columns numbered and blank rows between, at random."""
    above = [["BẢNG XẾP HẠNG BỘ CHỈ SỐ 766"], [], ["Tháng 9 năm 2026"], ["(Kèm theo Báo cáo số 12/BC-UBND)"]]
    rows: list[list[object]] = [*made.above, *dice.choice([[], above, above[2:]]), list(made.header)]
    if made.form != "detail" and dice.random() < 0.3:
        rows.append([f"({i + 1})" for i in range(len(made.header))])
    for row in made.rows:
        rows += [[]] * dice.choice([0, 0, 0, 0, 1])
        rows.append([dice.choice(_NOTHING) if isinstance(c, Figure) and c.value is None else c for c in row])
    return rows


def written(made: Table, container: str, encoding: str, seed: int) -> bytes:
    """A table as the bytes of a file."""
    dice = random.Random(seed)
    how = style(dice)
    if container == "json":
        return _json(made, how, dice, encoding)
    rows = typed(made, how, dice)
    if container == "xlsx":
        return _workbook(rows, how, dice)
    out = io.StringIO(newline="")
    texts = [[how.text(c) if isinstance(c, Figure) else str(c) for c in row] for row in rows]
    if dice.random() < 0.5:  # as a spreadsheet writes it: every row as wide as the widest
        texts = [row + [""] * (len(made.header) - len(row)) for row in texts]
    csv.writer(out, delimiter="\t" if container == "pasted" else container).writerows(texts)
    return encoded(out.getvalue(), encoding)


def encoded(text: str, encoding: str) -> bytes:
    """A text in an encoding; in Windows-1258 with its tone marks apart, or in UTF-8 where its letters do not fit."""
    if encoding != "cp1258":
        return text.encode(encoding)
    try:
        return "".join(map(_toned, unicodedata.normalize("NFC", text))).encode("cp1258")
    except UnicodeEncodeError:
        return text.encode("utf-8")


def _toned(letter: str) -> str:
    """A letter as Windows-1258 has it: with its hat, breve or horn, its tone behind."""
    apart = unicodedata.normalize("NFD", letter)
    tones = "".join(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones)) + tones


def _json(made: Table, how: Style, dice: random.Random, encoding: str) -> bytes:
    """A list of objects, or one inside an answer of a service; figures as numbers or as texts."""
    plain = dice.random() < 0.5 and made.form != "own"
    items = []
    for row in made.rows:
        cells = [None if isinstance(c, Figure) and c.value is None else c for c in row]
        values = [(c.value if plain else how.text(c)) if isinstance(c, Figure) else c for c in cells]
        items.append(dict(zip(made.header, values, strict=True)))
    whole = dice.choice([items, {"code": 200, "data": {"items": items}}])
    return json.dumps(whole, ensure_ascii=dice.random() < 0.5).encode(encoding if encoding != "cp1258" else "utf-8")


def _workbook(rows: list[list[object]], how: Style, dice: random.Random) -> bytes:
    """An .xlsx of numbers, or of texts in a style; rates as percentages, some by their cells' format."""
    book, whole, numbers = Workbook(), io.BytesIO(), dice.random() < 0.6
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if isinstance(value, Figure) and numbers:
                by_format = value.kind == "rate" and how.rate == "signed"
                scaled = 100 * value.value if value.kind == "rate" and how.rate == "percent" else value.value
                cell = book.active.cell(r, c, scaled)
                cell.number_format = "0.00%" if by_format else "General"
            elif value != "":
                book.active.cell(r, c, how.text(value) if isinstance(value, Figure) else value)
    book.save(whole)
    return whole.getvalue()


def expected(made: Table, edition: str) -> dict[str, np.ndarray]:
    """Figures of a league, by its fields' names, that a table must be read as."""
    rules = load(edition)
    told = [{key: np.nan if value is None else value for key, value in figures.items()} for figures in made.figures]

    def of(keys: list[str]) -> np.ndarray:
        return np.array([[figures.get(key, np.nan) for key in keys] for figures in told], dtype=float)

    keys = columns(rules)
    done, due, rate = (of([f"{what}.{key}" for key in keys]) for what in ("done", "due", "rate"))
    counted = np.divide(done, due, out=np.full_like(done, np.nan), where=due > 0)
    return {
        "published": np.round(100 * of([c.key for c in rules.components])),
        "published_score": np.round(100 * of(["score"])[:, 0]),
        "done": done,
        "due": due,
        "rate": np.where(np.isnan(due), rate, counted),
    }
