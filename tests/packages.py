"""Workbooks put together by hand from parts, so that any part can be what no spreadsheet program would write."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f"{HEAD}<styleSheet {NS}><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
Part = str | bytes | Iterable[str]


def book(sheets: list[Part], parts: Mapping[str, Part] | None = None, names: list[str] | None = None) -> bytes:
    """An .xlsx of these sheets' XML; `parts` replace or join the others by their names in the package."""
    at = range(1, len(sheets) + 1)
    names = names or [f"S{i}" for i in at]
    kinds = {"workbook.xml": "sheet.main", "styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
    kinds |= {f"worksheets/sheet{i}.xml": "worksheet" for i in at}
    declared = "".join(f'<Override PartName="/xl/{p}" ContentType="{_KIND}.{kind}+xml"/>' for p, kind in kinds.items())
    listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in zip(at, names, strict=True))
    held = "".join(_related(i, "worksheet", f"worksheets/sheet{i}.xml") for i in at)
    whole: dict[str, Part] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{declared}</Types>',
        "_rels/.rels": related(_related(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"{HEAD}<workbook {NS}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": related(held + _related(0, "styles", "styles.xml")),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"{HEAD}<sst {NS}/>",
    }
    whole |= {f"xl/worksheets/sheet{i}.xml": sheet for i, sheet in zip(at, sheets, strict=True)}
    return zipped(whole | dict(parts or {}))


def zipped(parts: Mapping[str, Part]) -> bytes:
    """A zip of named parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            with archive.open(name, "w", force_zip64=True) as out:
                for piece in [part] if isinstance(part, (str, bytes)) else part:
                    out.write(piece.encode() if isinstance(piece, str) else piece)
    return whole.getvalue()


def related(inner: str) -> str:
    """A part of relationships."""
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _related(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def sheet(rows: Iterable[str], after: Iterable[str] = ()) -> Iterable[str]:
    """A sheet's XML of its rows' XML, and what comes after its data."""
    yield f"{HEAD}<worksheet {NS}><sheetData>"
    yield from rows
    yield "</sheetData>"
    yield from after
    yield "</worksheet>"


def row(cells: Iterable[object]) -> str:
    """A row's XML; a text that starts with = is a formula without a result."""
    return f"<row>{''.join(map(cell, cells))}</row>"


def cell(value: object) -> str:
    """A cell's XML."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value!r}</v></c>"
    if isinstance(value, (date, datetime)):
        return f'<c s="2"><v>{value.toordinal() - 693594}</v></c>'
    text = escape("".join(c if c.isprintable() else " " for c in str(value)))
    if text.startswith("#"):
        return f'<c t="e"><v>{text}</v></c>'
    if text.startswith("="):
        return f"<c><f>{text[1:]}</f></c>"
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
