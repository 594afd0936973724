"""A paper in Word's form, as Decree 30/2020/NĐ-CP sets it out: the one place that knows python-docx."""

import io
import sys
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from model.report.papers.letterhead import Letterhead
from model.score.baseline import Baseline
from model.table.writing import held
from model.words.phrases import unbroken
from model.words.texts import Words

_FONT, _LANGUAGES = "Times New Roman", {"vi": "vi-VN", "en": "en-GB"}
_PAGE = {"top": 20, "bottom": 20, "left": 30, "right": 20}  # mm
_A4 = (210, 297)  # mm
_HEAD_LEFT = 58  # mm, of the head's two columns; of the foot's too
_BODY, _TABLE, _SMALL = 14, 12, 11  # points
Align = Sequence[str]  # of each column: "left", "center" or "right"


def at_hand() -> bool:
    """Whether what papers in Word's form take is here: a browser fetches it when somebody asks for one."""
    return sys.platform != "emscripten" or "docx" in sys.modules


def fetched() -> bool:
    """Whether it is here now that it was asked for."""
    try:
        import docx  # noqa: F401
    except ImportError:
        return False
    return True


class Paper:
    """A paper while it is written, from its head to its signature; every text is taken as text alone."""

    def __init__(self, title: str, letterhead: Letterhead, mark: str, t: Words) -> None:
        from docx import Document  # heavy: only for who takes a paper

        self._t, self._letterhead, self._mark = t, letterhead, held(mark)
        self._document = Document()
        self._styles()
        self._section(self._document.sections[0], landscape=False)
        properties = self._document.core_properties
        properties.title, properties.author = held(title)[:255], held(letterhead.agency)[:255]
        properties.language, properties.comments = _LANGUAGES[t.language], self._mark[:255]
        properties.created = properties.modified = datetime.combine(letterhead.day, time())

    def head(self, base: Baseline, unit: int, kind: str) -> None:
        """The agency with its number on the left, the motto with place and day on the right."""
        t, letterhead = self._t, self._letterhead
        left, right = self._columns()
        first = True
        for text, bold in ((letterhead.parent, False), (letterhead.issuer(base, unit, t), True)):
            if text:
                self._write(_first(left) if first else left.add_paragraph(), text.upper(), 13, bold=bold)
                first = False
        self._rule(left.add_paragraph(), 22, _HEAD_LEFT)
        self._write(left.add_paragraph(), t("paper.number", number=letterhead.numbered(base, kind, t)), 13)
        wide = _A4[0] - _PAGE["left"] - _PAGE["right"] - _HEAD_LEFT
        self._write(_first(right), t("paper.country"), 12, bold=True)
        self._write(right.add_paragraph(), t("paper.motto"), 13, bold=True)
        self._rule(right.add_paragraph(), 62, wide)
        self._write(right.add_paragraph(), letterhead.dated(base, unit, t), 13, italic=True)

    def title(self, kind: str, about: str) -> None:
        """What kind of paper it is and what it is about, and whether its figures are made up."""
        from docx.shared import Pt

        paragraph = self._document.add_paragraph(style="Title")
        paragraph.add_run(held(kind))
        self._write(self._document.add_paragraph(), about, _BODY, bold=True)
        self._rule(line := self._document.add_paragraph(), 50, _A4[0] - _PAGE["left"] - _PAGE["right"])
        line.paragraph_format.space_after = Pt(8)
        self._marked()

    def heading(self, text: str, level: int) -> None:
        """A heading that Word lists as one."""
        self._document.add_heading(_text(text), level)

    def body(self, text: str, last: bool = False) -> None:
        """A paragraph; lines of a list within it stand by themselves; the last before a signature stays with it."""
        for line in text.split("\n"):
            paragraph = self._document.add_paragraph(_text(line), style="Body Text")
            paragraph.paragraph_format.keep_with_next = last

    def items(self, lines: Sequence[str]) -> None:
        """A list, a dash before each line, as official papers have it."""
        for line in lines:
            self.body(f"- {line}")

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        align: Align,
        bold: Sequence[int] = (),
        small: bool = False,
    ) -> None:
        """A table whose headings are repeated on every page; widths in mm, rows of `bold` set off."""
        from docx.enum.table import WD_TABLE_ALIGNMENT

        table = self._document.add_table(rows=0, cols=len(heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        size = _SMALL if small else _TABLE
        for at, cells in enumerate([heads, *rows]):
            row = table.add_row()
            _mark_row(row, "w:cantSplit")
            if at == 0:
                _mark_row(row, "w:tblHeader")
            for cell, text, width, side in zip(row.cells, cells, widths, align, strict=True):
                cell.width = _mm(width)
                strong = at == 0 or at - 1 in bold
                self._write(_first(cell), text, size, bold=strong, side="center" if at == 0 else side)
        _write_grid(table, widths)
        self._document.add_paragraph(style="Body Text").paragraph_format.space_after = 0

    def sign(self, base: Baseline) -> None:
        """Who gets the paper on the left, who signs it on the right, never parted from each other."""
        from docx.shared import Pt

        left, right = self._columns()
        _mark_row(left._tc.getparent(), "w:cantSplit")
        self._write(_first(left), self._t("paper.to"), 12, bold=True, italic=True, side="left")
        for text in self._letterhead.to(self._t):
            self._write(left.add_paragraph(), f"- {text.lstrip('- ')}", 11, side="left")
        lines = self._letterhead.signed(base, self._t)
        for at, text in enumerate(lines):
            self._write(_first(right) if at == 0 else right.add_paragraph(), text.upper(), 14, bold=True)
        for _ in range(4):
            self._write(right.add_paragraph(), "", 14)
        self._write(right.add_paragraph(), self._letterhead.signer, 14, bold=True)
        for column in (left, right):
            _first(column).paragraph_format.space_before = Pt(10)

    def annex(self, title: str, below: str) -> None:
        """A landscape part with a title and page numbers of its own."""
        from docx.enum.section import WD_SECTION

        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        self._section(section, landscape=True)
        numbers = _element("w:pgNumType")
        numbers.set(_name("w:start"), "1")
        section._sectPr.append(numbers)
        self.heading(title, 1)
        self._document.paragraphs[-1].alignment = _side("center")
        self._write(self._document.add_paragraph(), below, 13, italic=True)
        self._marked()

    def bytes(self) -> bytes:
        """The paper as a .docx file."""
        whole = io.BytesIO()
        self._document.save(whole)
        return whole.getvalue()

    def _columns(self) -> tuple[Any, Any]:
        """Two columns without lines, for head and foot."""
        table = self._document.add_table(rows=1, cols=2)
        table.autofit = False
        widths = (_HEAD_LEFT, _A4[0] - _PAGE["left"] - _PAGE["right"] - _HEAD_LEFT)
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = _mm(width)
        _write_grid(table, widths)
        left, right = table.rows[0].cells
        return left, right

    def _marked(self) -> None:
        """In a frame, that the figures are made up; nothing where they are not."""
        from docx.shared import Pt

        if not self._mark:
            return
        paragraph = self._document.add_paragraph()
        self._write(paragraph, self._mark, 12, bold=True)
        paragraph.paragraph_format.space_after = Pt(6)
        _border(paragraph, "top", "left", "bottom", "right")

    def _write(
        self, paragraph: Any, text: str, size: float, bold: bool = False, italic: bool = False, side: str = "center"
    ) -> None:
        from docx.shared import Pt

        paragraph.alignment = _side(side)
        paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(1)
        run = paragraph.add_run(_text(text))
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)

    def _rule(self, paragraph: Any, long: float, within: float) -> None:
        """A line of so many mm in the middle."""
        from docx.shared import Pt

        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = _mm(max(0.0, (within - long) / 2 - 2))
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(3)
        _border(paragraph, "bottom")

    def _section(self, section: Any, landscape: bool) -> None:
        """A4 with the margins of the decree, the page's number in the middle of the top from the second page on."""
        from docx.enum.section import WD_ORIENT

        wide, high = _A4[::-1] if landscape else _A4
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = _mm(wide), _mm(high)
        margins = _PAGE if not landscape else {"top": 20, "bottom": 20, "left": 20, "right": 20}
        for side, width in margins.items():
            setattr(section, f"{side}_margin", _mm(width))
        section.header_distance = _mm(10)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = _side("center")
        _number_of_page(paragraph)
        if self._mark:
            self._write(section.header.add_paragraph(), self._t("league.illustrative"), 11, italic=True)

    def _styles(self) -> None:
        """Times New Roman throughout, the paper's language, headings in black."""
        from docx.shared import Pt, RGBColor

        styles, black = self._document.styles, RGBColor(0, 0, 0)
        for name, size in (("Normal", _BODY), ("Body Text", _BODY), ("Heading 1", 14), ("Heading 2", 14)):
            _face(styles[name], size)
        _face(styles["Title"], 16)
        for name in ("Title", "Heading 1", "Heading 2"):
            styles[name].font.color.rgb, styles[name].font.bold = black, True
            styles[name].paragraph_format.keep_with_next = True
        body, title = styles["Body Text"].paragraph_format, styles["Title"].paragraph_format
        body.alignment, body.first_line_indent, body.space_after = _side("justify"), _mm(10), Pt(6)
        title.alignment, title.space_before, title.space_after = _side("center"), Pt(16), Pt(2)
        for edge in styles["Title"].element.iter(_name("w:pBdr")):
            edge.getparent().remove(edge)
        for level in (1, 2):
            form = styles[f"Heading {level}"].paragraph_format
            form.space_before, form.space_after, form.first_line_indent = Pt(10 if level == 1 else 6), Pt(4), _mm(10)
        for each in self._document.styles.element.iter(_name("w:lang")):
            for key in ("w:val", "w:eastAsia"):
                each.set(_name(key), _LANGUAGES[self._t.language])


def _text(text: str) -> str:
    """A text as a run has it: Word draws a box for the sign that joins a range, where its font has none."""
    return unbroken(held(text)).replace("\u2060", "")


def _face(style: Any, size: float) -> None:
    """A style's font, whatever theme the template has."""
    from docx.shared import Pt

    style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(_name(key), _FONT)


def _number_of_page(paragraph: Any) -> None:
    """The field of the page's number."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = _element("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(_name("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _border(paragraph: Any, *sides: str) -> None:
    """Lines at the sides of a paragraph."""
    edges = _element("w:pBdr")
    for side in sides:
        line = _element(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(_name(f"w:{key}"), value)
        edges.append(line)
    form = paragraph._p.get_or_add_pPr()
    form.insert_element_before(edges, *(f"w:{name}" for name in _BEHIND_BORDERS))


_BEHIND_BORDERS = ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "rPr", "sectPr")


def _mark_row(row: Any, name: str) -> None:
    """Sets a row's property that is true by being there."""
    getattr(row, "_tr", row).get_or_add_trPr().append(_element(name))


def _write_grid(table: Any, widths: Sequence[float]) -> None:
    """The columns' widths where every reader looks for them."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = _mm(width)


def _first(cell: Any) -> Any:
    return cell.paragraphs[0]


def _side(side: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return getattr(WD_ALIGN_PARAGRAPH, side.upper())


def _mm(width: float) -> Any:
    from docx.shared import Mm

    return Mm(width)


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
