"""Set a table with LibreOffice: a docx through Writer, a flat spreadsheet through Calc."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from .table import Cell, PlanTable, Style

_FONT = "AR PL UMing TW"
_MARGIN = 56.0
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _convert(name: str, data: bytes) -> bytes:
    """Return the PDF that LibreOffice makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        subprocess.run(
            [
                *("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"),
                *("--convert-to", "pdf", "--outdir", folder, str(path)),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return path.with_suffix(".pdf").read_bytes()


def write_docx(table: PlanTable, style: Style) -> bytes:
    """Return the PDF of a docx whose rows may break over pages."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("[Content_Types].xml", _types())
            package.writestr("_rels/.rels", _relations())
            package.writestr("word/document.xml", _document(table, style))
        file.seek(0)
        return _convert("plan.docx", file.read())


def _types() -> str:
    kind = "application/vnd.openxmlformats-"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{kind}package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )


def _relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )


def _paragraph(text: str, size: float) -> str:
    return (
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{_FONT}" w:eastAsia="{_FONT}"/>'
        f'<w:sz w:val="{round(2 * size)}"/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>'
    )


def _word_cell(cell: Cell | None, width: float, size: float) -> str:
    merge = "" if cell is not None and cell.rows == 1 else "<w:vMerge/>"
    if cell is not None and cell.rows > 1:
        merge = '<w:vMerge w:val="restart"/>'
    texts = ("",) if cell is None else cell.paragraphs or ("",)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(20 * width)}" w:type="dxa"/>{merge}</w:tcPr>'
        + "".join(_paragraph(one, size) for one in texts)
        + "</w:tc>"
    )


def _document(table: PlanTable, style: Style) -> str:
    width, height = style.page
    widths = table.widths(width - 2 * _MARGIN)
    heads = tuple(Cell((one,)) for one in table.headings)
    rows = []
    for at, row in enumerate((heads, *table.rows)):
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if style.heading and not at else ""
        cells = [_word_cell(cell, one, style.size) for cell, one in zip(row, widths, strict=True)]
        rows.append(f"<w:tr>{repeat}{''.join(cells)}</w:tr>")
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{round(20 * one)}"/>' for one in widths)
    turned = ' w:orient="landscape"' if style.landscape else ""
    margin = round(20 * _MARGIN)
    sides = "".join(f' w:{side}="{margin}"' for side in ("top", "bottom", "left", "right"))
    return (
        f'<w:document xmlns:w="{_WORD}"><w:body>{_paragraph(table.title, 16)}<w:tbl><w:tblPr>'
        f'<w:tblW w:w="{round(20 * sum(widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/><w:sectPr>"
        f'<w:pgSz w:w="{round(20 * width)}" w:h="{round(20 * height)}"{turned}/>'
        f"<w:pgMar{sides}/></w:sectPr></w:body></w:document>"
    )


_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = "".join(
    f' xmlns:{name}="{_URN}:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("style", "style"),
        ("table", "table"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
    )
)


def write_calc(table: PlanTable, style: Style) -> bytes:
    """Return the PDF of a spreadsheet; labels stand in the middle of merged cells."""
    return _convert("plan.fods", _sheet(table, style).encode())


def _sheet_cell(cell: Cell | None) -> str:
    if cell is None:
        return "<table:covered-table-cell/>"
    texts = "".join(f"<text:p>{escape(one)}</text:p>" for one in cell.paragraphs)
    spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="1"'
    merged = spans if cell.rows > 1 else ""
    kind = ' office:value-type="string"' if texts else ""
    return f'<table:table-cell table:style-name="cell"{kind}{merged}>{texts}</table:table-cell>'


def _sheet(table: PlanTable, style: Style) -> str:
    width, height = style.page
    # A column that is too wide by a rounding would go to pages of its own.
    widths = table.widths(width - 2 * _MARGIN - 6)
    columns = "".join(
        f'<table:table-column table:style-name="w{at}"/>' for at in range(len(widths))
    )
    shapes = "".join(
        f'<style:style style:name="w{at}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{one:.1f}pt"/></style:style>'
        for at, one in enumerate(widths)
    )
    heads = "".join(_sheet_cell(Cell((one,))) for one in table.headings)
    rows = "".join(
        f'<table:table-row table:style-name="row">{"".join(map(_sheet_cell, row))}'
        "</table:table-row>"
        for row in table.rows
    )
    head = f'<table:table-row table:style-name="row">{heads}</table:table-row>'
    if style.heading:
        head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    title = f"<table:table-cell>{_text(table.title)}</table:table-cell>"
    title = f"<table:table-row>{title}</table:table-row>"
    turned = "landscape" if style.landscape else "portrait"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document{_SPACES} office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>{shapes}
<style:style style:name="cell" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:wrap-option="wrap"
 fo:padding="2pt" style:vertical-align="middle"/>
<style:text-properties fo:font-size="{style.size}pt" style:font-size-asian="{style.size}pt"
 style:font-name="{_FONT}" style:font-name-asian="{_FONT}"/></style:style>
<style:style style:name="row" style:family="table-row"><style:table-row-properties
 style:use-optimal-row-height="true"/></style:style>
<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>
<style:page-layout style:name="paper"><style:page-layout-properties fo:page-width="{width}pt"
 fo:page-height="{height}pt" fo:margin="{_MARGIN}pt" style:print-orientation="{turned}"/>
<style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Default"
 style:page-layout-name="paper"><style:header style:display="false"/>
<style:footer style:display="false"/></style:master-page></office:master-styles>
<office:body><office:spreadsheet><table:table table:name="plan" table:style-name="sheet">
{columns}{title}{head}{rows}</table:table></office:spreadsheet></office:body></office:document>"""


def _text(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"
