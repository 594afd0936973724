"""Files damaged at random: cells of valid tables edited, bytes of valid files changed; the same for the same seed."""

import csv
import io
import json
import random
import zipfile
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import forms
from clerks import TABLES, workbook
from model.rules.files import load
from model.table import leagues as tables
from model.table import template
from model.table import writing as writers
from model.table.reading.sheets import Sheet, opened
from model.words.problems import Problem
from packages import book, row, sheet, zipped

CORPUS = Path(__file__).with_name("readers")
HELD = Path(__file__).with_name("forms_held")
_LARGEST = 60_000  # bytes of a file to damage: speed, not content
_SIGNS = b"0123456789.,;/%+-=()[]{}<>\"' \t\r\nabcxX"
_BITS = [0, 0, 0, 0, 0, 1, 4, 32, 128, 255]
_SAMPLE = "provinces_2026-10-10"
NASTY = [
    *(
        "",
        "-",
        "…",
        " ",
        "\t",
        "\n",
        "x",
        "0",
        "1",
        "100",
        "-1",
        "1e9",
        "1e309",
        "-0",
        "+5",
        "1E400",
        "٣٫٥",
        "１９．５",
        "Ⅷ",
    ),
    *("#N/A", "#DIV/0!", "#REF!", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+A1", "NaN", "inf", "-inf", "nan", "None"),
    *(
        "19,53/20",
        "19.53/0",
        "/",
        "1/",
        "/20",
        "19/20/20",
        "98%",
        "%",
        "101%",
        "-5%",
        "1 %%",
        "3.483",
        "3,483.5",
        "1.2.3",
    ),
    *(
        "1.234.567,8",
        "1,2,3",
        "999999999999999999999",
        "9" * 400,
        "1." + "0" * 400,
        ".",
        ",",
        ".5",
        "5.",
        "0x1F",
        "1_000",
    ),
    *(
        "12/10/2026",
        "2026-10-10",
        "10:30",
        "true",
        "FALSE",
        "Đúng",
        "Hoà",
        "HoÃ Bình",
        "\ufeff",
        "\u200f123",
        "\u202e5.91",
    ),
    *("\x00", "\x07", "a\x1fb", "<script>alert(1)</script>", "&amp;", "]]>", '"', "'", "''=1", ";", ",;\t", "a\r\nb"),
    *("Tổng cộng", "Trung bình", "Tên đơn vị", "Tổng điểm", "Điểm", "Tỷ lệ (%)", "Tử số", "Mẫu số", "Tiêu chí", "(1)"),
    *(
        "2.1",
        "3.5a. TTHC",
        "Tiến độ giải quyết (20đ)",
        "on_time_done",
        "on_time_due",
        "on_time",
        "Mã",
        "about",
        "(((((18đ",
    ),
    *(
        "x" * 40_000,
        "(1" * 5_000,
        " " * 5_000 + "1",
        "1/" * 5_000,
        "Xã " + "a\u0301" * 5_000,
        "\U0001f600" * 9,
        "\u2028",
        "\ud7ff",
    ),
    *(
        "90,1¹",
        "18*",
        "①",
        "2=",
        "2-3",
        "Δ",
        "Tháng 8/2026",
        "Kỳ trước",
        "hôm qua",
        "2026",
        "Quý II",
        "|",
        "|---|---|",
        '"x;',
    ),
    *(
        "H99.101",
        "I",
        "Khối xã",
        "Tỷ lệ PAKN xử lý đúng hạn",
        "groupScores.CKMB",
        "totalMaxScore",
        "Từ kỳ trước",
        "Ðông",
    ),
    *(
        "{}",
        "{value}",
        "{0.__class__}",
        "%s",
        "\\",
        "\\U0001f600",
        "sep=;",
        '="00004"',
        "[1]",
        '{"a": 1}',
        "đ",
        "18 điểm điểm",
    ),
]
TYPED = [
    None,
    True,
    False,
    0,
    -1,
    0.5,
    3.483,
    1e308,
    -1e308,
    10**18,
    1e-320,
    date(2026, 10, 10),
    datetime(1900, 1, 1),
    time(9),
]


@cache
def bases() -> tuple[tuple[str, bytes], ...]:
    """Valid files, and the corpus with what it has of odd ones."""
    found = [(p.name, p.read_bytes()) for p in sorted(CORPUS.iterdir()) if p.suffix not in (".py", ".toml")]
    found += [(p.name, p.read_bytes()) for p in sorted(HELD.rglob("*.*")) if p.suffix != ".toml"]
    found += [(what, workbook(what)) for what in TABLES]
    for i, (form, container) in enumerate((f, c) for f in forms.FORMS for c in forms.CONTAINERS):
        if (form, container) != ("detail", "json"):
            made = forms.table(form, i, 3 + i % 4)
            found.append((f"{form}{i}", forms.written(made, container, forms.ENCODINGS[i % 6], i)))
    league = tables.find(_SAMPLE)
    rules = load(league.edition)
    found += [("own.zip", writers.zipped(league, rules)), ("own.xlsx", writers.workbook(league, rules))]
    found.append(("template.xlsx", template.template(rules, league.codes[:3], league.names[:3], "vi")))
    return tuple((name, data) for name, data in found if len(data) < _LARGEST)


@cache
def grids() -> tuple[tuple[Sheet, ...], ...]:
    """The sheets of all bases that open."""
    found = []
    for name, data in bases():
        try:
            found.append(tuple(opened(data, name).sheets))
        except Problem:
            continue
    return tuple(found)


def mutated(seed: int) -> bytes:
    """A damaged file: of an even seed by its cells, of an odd one by its bytes."""
    dice = random.Random(seed)
    return _bytes(dice) if seed % 2 else _cells(dice)


def _cells(dice: random.Random) -> bytes:
    """A table or workbook with edited cells, rows, columns and headings, written again in some form."""
    sheets = [(s.name or "S", [list(r) for r in s.rows[:60]]) for s in dice.choice(grids())[:4]]
    for _, rows in sheets:
        for _ in range(dice.choice([1, 1, 2, 5, 30])):
            _edit(rows, dice)
    form = dice.choice(["xlsx", "json", *"\t;,"]) if len(sheets) == 1 else "xlsx"
    if form == "xlsx":
        merged = [[f'<mergeCells><mergeCell ref="A{dice.randint(1, 9)}:D{dice.randint(1, 9)}"/></mergeCells>'], []]
        return book(
            [sheet(map(row, rows), dice.choice(merged)) for _, rows in sheets],
            names=[f"{dice.choice(['S', 'about', 'Xã A'])}{i}"[: dice.choice([5, 9])] for i in range(len(sheets))],
        )
    rows = [["" if c is None else c if isinstance(c, (int, float, bool)) else str(c) for c in r] for r in sheets[0][1]]
    if form == "json":
        head = max(rows, key=len, default=[])
        items = [{str(k): v for k, v in zip(head, r, strict=False)} for r in rows]
        return json.dumps(dice.choice([items, {"data": items}, [rows], rows, {"a": items, "b": [items]}])).encode()
    out = io.StringIO(newline="")
    quoting = dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    csv.writer(out, delimiter=form, quoting=quoting).writerows(rows)
    return out.getvalue().encode(
        dice.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258", "utf-8"]), "replace"
    )


def _edit(rows: list[list[object]], dice: random.Random) -> None:
    """One change to a table."""
    if not rows:
        rows.append([dice.choice(NASTY)])
    i, j = dice.randrange(len(rows)), dice.randrange(len(rows))
    width = max(map(len, rows), default=0) or 1
    a, b = dice.randrange(width), dice.randrange(width)
    value = dice.choice([*NASTY, *TYPED])
    match dice.randrange(14):
        case 12:  # the same once more to the right, as of another period
            said = dice.choice(["tháng {}", "Quý {}", "{}/8/2026", "kỳ trước", "lần {}"])
            for at, each in enumerate(rows):
                more = [f"{cell} {said.format(dice.randint(1, 4))}" if at == i and cell else cell for cell in each[1:]]
                each += [None] * (width - len(each)) + more
        case 13:  # turned, so that units stand across
            turned = [
                list(column) for column in zip(*(each + [None] * (width - len(each)) for each in rows), strict=True)
            ]
            rows[:] = turned[:200]
        case 0:
            del rows[i]
        case 1:
            rows.insert(j, list(rows[i]))
        case 2:
            rows[i], rows[j] = rows[j], rows[i]
        case 3:
            for each in rows:
                del each[a : a + 1]
        case 4:
            for each in rows:
                each.insert(b, each[a] if a < len(each) else None)
        case 5:
            for each in rows:
                each += [None] * (width - len(each))
                each[a], each[b] = each[b], each[a]
        case 6:
            for each in rows[i:]:
                each[a : a + 1] = [value]
        case 7:
            rows.insert(i, [value] * dice.choice([1, width, 250]))
        case _:
            rows[i] += [None] * (a + 1 - len(rows[i]))
            rows[i][a] = value if dice.random() < 0.8 else f"{rows[i][a]}{value}"


def _bytes(dice: random.Random) -> bytes:
    """A file with bytes flipped, cut, repeated or spliced; of half the zips a part is damaged inside."""
    data = dice.choice(bases())[1]
    if data[:2] == b"PK" and dice.random() < 0.5:
        return _package(data, dice)
    return _damaged(data, dice)


def _damaged(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice([1, 1, 2, 8])):
        at, size = dice.randrange(len(data) + 1), dice.choice([1, 4, 40, 400])
        other = dice.choice(bases())[1]
        from_ = dice.randrange(len(other) + 1)
        match dice.randrange(8):
            case 0 | 1:
                flipped = bytes(b ^ dice.choice(_BITS) for b in data[at : at + size])
                data = data[:at] + flipped + data[at + size :]
            case 2:
                data = data[:at]
            case 3:
                data = data[:at] + data[at : at + size] * dice.choice([2, 3, 50]) + data[at + size :]
            case 4:
                data = data[:at] + other[from_ : from_ + dice.choice([size, len(other)])]
            case 5:
                noise = bytes(dice.choices(_SIGNS, k=size)) if dice.random() < 0.7 else dice.randbytes(size)
                data = data[:at] + noise + data[at:]
            case 7:  # as an old program ends its lines, or none closes its quotes
                old, new = dice.choice(
                    [(b"\r\n", b"\r"), (b"\n", b"\r"), (b"\n", b"\r\r\n"), (b";", b';"'), (b",", b',"')]
                )
                data = data[:at] + data[at:].replace(old, new, dice.choice([1, 3, -1]))
            case 6:
                data = data[:at] + dice.choice(NASTY).encode("utf-8", "replace") + data[at:]
    return data


def _package(data: bytes, dice: random.Random) -> bytes:
    """A zip with parts that are damaged, missing, doubled, nested, very deep or of lying size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError, KeyError):
        return _damaged(data, dice)
    name = dice.choice(list(parts))
    text = parts[name]
    match dice.randrange(10):
        case 0:
            del parts[name]
        case 1:
            parts[name] = data
        case 2:
            parts[name] = text.replace(b">", b"><a " + b'b="c" ' * 40 + b"/>", 1 + dice.randrange(3))
        case 3:
            deep = dice.choice([5, 500, 50_000])
            parts[name] = text.replace(b"><", b">" + b"<row>" * deep + b"</row>" * deep + b"<", 1)
        case 4:
            parts[name] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + text
        case 5:
            parts[name] = text.decode("utf-8", "replace").encode(
                dice.choice(["utf-16", "utf-16-be", "utf-7", "cp037"]), "replace"
            )
        case 6:
            old = dice.choice(
                [b'r="A', b"<v>", b't="', b's="', b'Id="', b"Target=", b"numFmtId", b'ref="', b"sheetData"]
            )
            new = dice.choice(
                [b'r="XFD', b"<v>1e999", b't="z', b's="99', b'Id="x', b"X=", b'r="0', b"", b'ref="A1:ZZZ9']
            )
            parts[name] = text.replace(old, new, dice.choice([1, 5, -1]))
        case 7:
            return _lying(zipped(parts), dice)
        case 8:
            parts[dice.choice(["a.csv", "xl/worksheets/sheet1.xml", "xl/styles.xml", "b.toml", "../x"])] = text
        case 9:
            parts[name] = _damaged(text, dice) if text else b"\0"
    return zipped(parts)


def _lying(data: bytes, dice: random.Random) -> bytes:
    """A zip whose directory states other sizes, sums or methods than its parts have."""
    at = data.find(b"PK\x01\x02")
    for _ in range(dice.randrange(3)):
        at = max(at, data.find(b"PK\x01\x02", at + 4))
    field = at + dice.choice([8, 10, 16, 20, 24, 28, 42])  # flags, method, sum, sizes, length of the name, offset
    return data[:field] + dice.randbytes(dice.choice([1, 2, 4])) + data[field + 4 :]
