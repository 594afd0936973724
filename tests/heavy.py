"""Files that ask for far more than a table does, or for just as much as is let in; run: reads the file that is named.

python tests/heavy.py FILE    how many times as long it took as a table as it should be, the most memory, in MB, and
                              what became of it
"""

import sys
import time
from collections.abc import Iterator
from zlib import crc32

from forms import MEASURED
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues as tables
from model.table.reading.reading import read
from model.words.problems import LANGUAGES, Problem
from packages import HEAD, NS, book, cell, row, sheet, zipped

MB = 2**20
RATES = MEASURED[:16]
COUNTS = [f"{key}_{what}" for key in RATES for what in ("done", "due")]
PROPER = ",".join(["1.234", "2 345"] * 16)
UNITS = [row(["Mã", "Tên đơn vị", "Tiến độ giải quyết", "Tổng điểm"])] + [row(["U1", "Xã A", 19.5, 80.5])]


def strings(items: Iterator[str]) -> dict[str, Iterator[str]]:
    """A table of shared texts."""
    return {"xl/sharedStrings.xml": (piece for part in ([f"{HEAD}<sst {NS}>"], items, ["</sst>"]) for piece in part)}


def styles(inner: str, times: int) -> dict[str, list[str]]:
    """A part of styles."""
    start, end = f"{HEAD}<styleSheet {NS}><cellXfs>", "</cellXfs></styleSheet>"
    return {"xl/styles.xml": [start, *[inner * 1000] * (times // 1000), end]}


def rows_of(cells: str, times: int) -> list[str]:
    """A sheet of one row many times under two that make a table."""
    return [*UNITS, *[f"<row>{cells}</row>"] * times]


def separated(header: list[str], figures: str, times: int) -> bytes:
    """A CSV of so many units of the same figures."""
    head = ",".join(["unit_code", "unit_name", *header])
    return "\n".join([head, *(f"{i},Xa {i},{figures}" for i in range(times))]).encode()


def lying_bomb() -> bytes:
    """A workbook of 1 GB that says it unpacks to a hundred bytes, with the check sum of these."""
    rows = [*UNITS, *[" " * MB] * 1000]
    data, start = bytearray(book([sheet(rows)])), "".join(sheet(UNITS)).encode()[:100]
    at = data.rfind(b"PK\x01\x02")
    data[at + 16 : at + 20] = crc32(start).to_bytes(4, "little")
    data[at + 24 : at + 28] = len(start).to_bytes(4, "little")
    return bytes(data)


def nested(inner: str, times: int) -> bytes:
    """A sheet of elements inside each other."""
    return book([sheet([*UNITS, inner * times])])


CASES = {
    "zip bomb": lambda: book([sheet([*UNITS, *[" " * MB] * 1500])]),
    "zip bomb of lying size": lying_bomb,
    "zip bomb in a part nobody names": lambda: book([sheet(UNITS)], {"xl/a.bin": iter([b"\0" * MB] * 1000)}),
    "zip of 150,000 parts": lambda: zipped({f"{i}.csv": b"" for i in range(150_000)}),
    "60 MB of shared texts": lambda: book([sheet(UNITS)], strings("<si><t>a</t></si>" * 1000 for _ in range(3600))),
    "shared texts, as many as are let in": lambda: book(
        [sheet(UNITS)], strings(f"<si><t>{i}</t></si>" for i in range(199_000))
    ),
    "rich texts, as many as are let in": lambda: book(
        [sheet(UNITS)], strings("<si>" + "<r><rPr/><t/></r>" * 10 + "</si>" for _ in range(12_000))
    ),
    "one cell of 60 MB": lambda: book([sheet([*UNITS, '<row><c t="str"><v>', *["á" * MB] * 30, "</v></c></row>"])]),
    "an attribute of 60 MB": lambda: book([sheet([*UNITS, '<row a="', *["a" * MB] * 60, '"/>'])]),
    "5 million attributes": lambda: book([sheet([*UNITS, "<row ", *(f'a{i}="" ' for i in range(5_000_000)), "/>"])]),
    "a million empty formatted rows": lambda: book([sheet([*UNITS, *['<row s="1" customFormat="1"/>'] * 1_048_000])]),
    "millions of empty formatted cells": lambda: book([sheet(rows_of('<c s="1"/>' * 6, 600_000))]),
    "rows of 16,384 cells": lambda: book([sheet(rows_of('<c s="1"/>' * 16_384, 90))]),
    "cells at the last column": lambda: book(
        [sheet([*UNITS, *(f'<row><c r="XFD{i}"/></row>' for i in range(9, 999))])]
    ),
    "numbers, as many as are let in": lambda: book(
        [sheet([row(["unit_name", *COUNTS[:12]]), *(row([f"Xã {i}", *[19] * 12]) for i in range(38_000))])]
    ),
    "texts, as many as are let in": lambda: book([sheet(rows_of(cell("a") * 10, 38_000))]),
    "a million formulas": lambda: book([sheet(rows_of("<c><f>1+1</f><v>2</v></c>" * 20, 50_000))]),
    "formulas, as many as are let in": lambda: book([sheet(rows_of("<c><f>1+1</f><v>2</v></c>" * 4, 45_000))]),
    "styles of 100 MB": lambda: book([sheet(UNITS)], styles('<xf numFmtId="9"/>', 5_500_000)),
    "styles, as many as are let in": lambda: book([sheet(UNITS)], styles("<xf/>", 149_000)),
    "merged cells, as many as are let in": lambda: book(
        [sheet(UNITS, ["<mergeCells>", *['<mergeCell ref="A1:XFD1048576"/>'] * 149_000, "</mergeCells>"])]
    ),
    "rules for cells, as many as are let in": lambda: book(
        [sheet(UNITS, ["<dataValidations>", *['<dataValidation sqref="A1:A9 B1"/>'] * 149_000, "</dataValidations>"])]
    ),
    "1,000 sheets": lambda: book([sheet(UNITS)] * 1000),
    "299 sheets of notes": lambda: book(
        [sheet(row([f"ghi chú {i} {j} {k}" for k in range(5)]) for j in range(50)) for i in range(299)]
    ),
    "entities in entities": lambda: book(
        [sheet(UNITS)],
        {"xl/sharedStrings.xml": f'<!DOCTYPE a [<!ENTITY a "{"a" * 99_999}">]><sst {NS}><si>{"&a;" * 9999}</si></sst>'},
    ),
    "rows in rows, as deep as is let in": lambda: nested("<row>", 2_390_000),
    "texts in texts": lambda: nested("<is>", 2_000_000),
    "CSV of 50,000 rows and 200 columns": lambda: b"Ten" + b",Diem" * 199 + (b"\n1" + b",1" * 199) * 49_000,
    "CSV of counts, as many as are let in": lambda: separated(COUNTS, PROPER, 21_300),
    "CSV of rates, as many as are let in": lambda: separated(
        RATES, ",".join(["12,5%"] * 16).replace(",5", ".5"), 39_000
    ),
    "CSV of what is no number": lambda: separated(COUNTS, ",".join(["abc"] * 32), 21_300),
    "CSV of lone counts": lambda: separated(COUNTS, "9,," * 16, 20_000),
    "CSV of blank lines": lambda: b"a;b" + b"\n" * (20 * MB - 9),
    "CSV of one line": lambda: b"a," * (10 * MB - 9),
    "CSV of one quoted cell": lambda: b'"' + b"a\n" * (10 * MB - 9),
    "CSV of long names": lambda: separated(["score"], "5", 49_000).replace(b"Xa ", b"Xa " + b"Phu Xuyen " * 20),
    "CSV of long numbers": lambda: separated(["score"], "1" * 130_000, 150),
    "CSV of long gaps": lambda: separated(["score"], "1" + " " * 120_000 + "1", 150),
    "CSV of long headings": lambda: "\n".join(
        ",".join(f"Tên đơn vị {i} {j} {'(1' * 100}" for j in range(199)) for i in range(300)
    ).encode(),
    "JSON of empty objects": lambda: b"[" + b"{}," * 6_990_000 + b"{}]",
    "JSON of lists in lists": lambda: b"[" * (20 * MB - 9),
    "JSON of units": lambda: b"[" + b",".join(b'{"TEN":"Xa %d","TONG_SCORE":5}' % i for i in range(49_000)) + b"]",
    "TOML of one deep key": lambda: zipped({"a.csv": "Ten,Tong diem\nXa A,5\n", "a.toml": "a" + ".a" * 500_000 + "=1"}),
    "TOML of many keys": lambda: zipped(
        {"a.csv": "Ten,Tong diem\nXa A,5\n", "a.toml": "".join(f"claims.a{i}.vi = ''\n" for i in range(45_000))}
    ),
}


def became(data: bytes) -> str:
    """What is made of a file's bytes: a league that has a baseline, or a refusal."""
    try:
        found = read(data, "bang", tables.lists())
    except Problem as problem:
        return f"{problem.code}: {problem.text('vi')}"
    said = [finding.text(language) for finding in found.findings[:999] for language in LANGUAGES]
    if found.league is None:
        return f"{found.refusal.code}: {found.refusal.text('vi')}"
    base = baseline(load(found.league.edition), found.league)
    return f"league of {base.rank.size} units, {len(found.findings)} findings, {len(said)} of their texts"


def taken(data: bytes) -> tuple[float, str]:
    """The processor seconds that a file takes, and what becomes of it."""
    start = time.process_time()
    what = became(data)
    return time.process_time() - start, what


def main(path: str) -> None:
    """The line that the test reads: processor time against a proper table's, of a tenth of what is let in."""
    import resource
    from pathlib import Path

    resource.setrlimit(resource.RLIMIT_AS, (4096 * MB, 4096 * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
    data, proper = Path(path).read_bytes(), separated(COUNTS, PROPER, 2_130)
    tables.lists()
    usual, _ = taken(proper)
    seconds, what = taken(data)
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(f"{seconds / usual:.1f} {int(peak.split()[1]) // 1024} {what}")


if __name__ == "__main__":
    main(sys.argv[1])
