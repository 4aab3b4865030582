"""Typeset with LibreOffice: Writer from a flat text document, Calc from a flat spreadsheet."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .fonts import FAMILY, font_folder, scratch
from .model import Block, Break, Cell, Drawing, Grid, Line, Para, Sheet, runs, width

_SPACES = "office style text table fo svg".split()
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document '
    + " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:'
        + {"fo": "xsl-fo-compatible", "svg": "svg-compatible"}.get(one, one)
        + ':1.0"'
        for one in _SPACES
    )
    + ' office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.'
)
_SIDES = {"l": "left", "t": "top", "r": "right", "b": "bottom"}
_LOOKS = {
    "s": 'style:text-line-through-style="solid" style:text-line-through-type="single"',
    "w": 'fo:color="#ffffff"',
    "u": 'style:text-underline-style="solid" style:text-underline-width="auto"',
    "b": 'fo:font-weight="bold" style:font-weight-asian="bold"',
}
_SECONDS = 120.0


def write_writer(drawing: Drawing) -> bytes:
    """Return the drawing as LibreOffice Writer prints it."""
    return _converted(_Document(drawing.sheet).text(drawing.blocks), "fodt")


def write_calc(drawing: Drawing) -> bytes:
    """Return the drawing as LibreOffice Calc prints it: everything on one sheet of cells."""
    return _converted(_Document(drawing.sheet, calc=True).spreadsheet(drawing.blocks), "fods")


def lacking(producer: str) -> str:
    """Return why a producer cannot be used here; empty where it can."""
    library = {"writer": "libswlo.so", "calc": "libsclo.so"}.get(producer)
    if library is None:
        return ""
    soffice = shutil.which("soffice")
    if soffice is None:
        return "soffice is not installed"
    there = (Path(soffice).resolve().parent / library).exists()
    return "" if there else f"soffice is installed without {producer}"


def _converted(source: str, suffix: str) -> bytes:
    """Have LibreOffice print a document; it sees the one font alone."""
    place = Path(scratch().name)
    document, fonts = place / f"plan.{suffix}", place / "fonts.conf"
    document.write_text(source, encoding="utf-8")
    cache = f"<cachedir>{place}/cache</cachedir>"
    fonts.write_text(f"<fontconfig><dir>{font_folder()}</dir>{cache}</fontconfig>")
    profile = f"-env:UserInstallation=file://{place}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", place, document],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    return (place / "plan.pdf").read_bytes()


@dataclass(slots=True)
class _Document:
    """A document that is being written; ``styles`` are definitions by family and content."""

    sheet: Sheet
    calc: bool = False
    styles: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self, blocks: list[Block]) -> str:
        """Return the blocks as a flat text document."""
        made, broken = [], False
        for block in blocks:
            if isinstance(block, Para):
                made.append(self._para(block, broken=broken))
            elif isinstance(block, Grid):
                made.append(self._table(block, broken=broken))
            broken = isinstance(block, Break)
        return self._whole("text", "".join(made))

    def spreadsheet(self, blocks: list[Block]) -> str:
        """Return the blocks as rows of one sheet; the columns are those of the first table."""
        grids = [one for one in blocks if isinstance(one, Grid)]
        made, broken = [], False
        for block in blocks:
            if isinstance(block, Para):
                made.append(self._across(block, len(grids[0].widths), broken=broken))
            elif isinstance(block, Grid):
                rows = self._rows(block, broken=broken)
                made.append(self._headed(block, rows, repeat=len(grids) == 1))
            broken = isinstance(block, Break)
        style = self._style("table", "", 'style:master-page-name="Standard"')
        head = f'<table:table table:name="plan" table:style-name="{style}">'
        head += self._columns(grids[0])
        return self._whole("spreadsheet", head + "".join(made) + "</table:table>")

    def _across(self, block: Para, columns: int, *, broken: bool) -> str:
        """Return a paragraph as a row of one cell over all columns."""
        sheet = self.sheet
        ems = (width(block.text) + block.indent) * block.scale
        lines = ceil(ems * sheet.size / sheet.inner)
        high = lines * block.scale * sheet.pitch + (0.35 + block.above) * sheet.size
        properties = (
            '<style:table-cell-properties fo:wrap-option="wrap"/>'
            f'<style:paragraph-properties fo:text-align="{block.align}"/>'
        )
        style = self._style("table-cell", properties)
        return (
            f'{self._row(broken=broken, high=high)}<table:table-cell table:style-name="{style}" '
            f'table:number-columns-spanned="{columns}">{self._para(block)}</table:table-cell>'
            f"{'<table:covered-table-cell/>' * (columns - 1)}</table:table-row>"
        )

    def _whole(self, kind: str, body: str) -> str:
        sheet, styles = self.sheet, []
        for (family, content), name in self.styles.items():
            attributes, properties = content.split("\0")
            styles.append(
                f'<style:style style:name="{name}" style:family="{family}" {attributes}>'
                f"{properties}</style:style>"
            )
        size = f'fo:font-size="{sheet.size}pt" style:font-size-asian="{sheet.size}pt"'
        names = f'fo:font-family="{FAMILY}" style:font-family-asian="{FAMILY}"'
        # Were the digits Chinese as well, Writer would part them at a line's end.
        language = 'fo:language="en" style:language-asian="zh" style:country-asian="TW"'
        defaults = "".join(
            f'<style:default-style style:family="{family}"><style:text-properties {names} {size} '
            f"{language}/></style:default-style>"
            for family in ("paragraph", "table-cell")
        )
        turned = "landscape" if sheet.width > sheet.height else "portrait"
        page = (
            f'fo:page-width="{sheet.width}pt" fo:page-height="{sheet.height}pt" '
            f'fo:margin-left="{sheet.side}pt" fo:margin-right="{sheet.side}pt" '
            f'fo:margin-top="{sheet.top}pt" fo:margin-bottom="{sheet.bottom}pt" '
            f'style:print-orientation="{turned}" style:scale-to-X="1" style:scale-to-Y="0"'
        )
        nothing = "<style:header-style/><style:footer-style/>"
        return (
            f'{_HEAD}{kind}"><office:styles>{defaults}</office:styles><office:automatic-styles>'
            f'<style:page-layout style:name="page"><style:page-layout-properties {page}/>{nothing}'
            f"</style:page-layout>{''.join(styles)}</office:automatic-styles><office:master-styles>"
            '<style:master-page style:name="Standard" style:page-layout-name="page">'
            '<style:header style:display="false"/><style:footer style:display="false"/>'
            "</style:master-page></office:master-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
        )

    def _style(self, family: str, properties: str, attributes: str = "") -> str:
        """Return the name of a style with these properties."""
        key = (family, f"{attributes}\0{properties}")
        return self.styles.setdefault(key, f"s{len(self.styles)}")

    def _para(self, block: Para, *, broken: bool = False) -> str:
        line = Line(block.text, indent=block.indent)
        above = 0.0 if self.calc else (0.35 + block.above) * self.sheet.size
        keep = ' fo:keep-with-next="always"' + (' fo:break-before="page"' if broken else "")
        return self._paragraph(line, block.align, block.scale, f'fo:margin-top="{above}pt"{keep}')

    def _paragraph(
        self, line: Line, align: str, scale: float = 1.0, more: str = "", look: str = ""
    ) -> str:
        size = self.sheet.size * scale
        left, hang = (line.indent + line.hang) * size, -line.hang * size
        # Calc knows no paragraph with later lines indented.
        indents = "" if self.calc else f'fo:margin-left="{left}pt" fo:text-indent="{hang}pt"'
        spacing = f'fo:line-height="{size * self.sheet.leading}pt"'
        properties = (
            f'<style:paragraph-properties {indents} {spacing} fo:text-align="{align}" {more}/>'
        )
        font = f'fo:font-size="{size}pt" style:font-size-asian="{size}pt"'
        name = self._style("paragraph", f"{properties}<style:text-properties {font}/>")
        parts = []
        for own, text in runs(line.text):
            said = escape(text).replace("\n", "<text:line-break/>")
            if own or look:
                styled = self._style("text", f"<style:text-properties {_LOOKS[own or look]}/>")
                said = f'<text:span text:style-name="{styled}">{said}</text:span>'
            elif scale != 1.0 and self.calc:
                styled = self._style("text", f"<style:text-properties {font}/>")
                said = f'<text:span text:style-name="{styled}">{said}</text:span>'
            parts.append(said)
        style = "" if self.calc else f" text:style-name={quoteattr(name)}"
        return f"<text:p{style}>{''.join(parts)}</text:p>"

    def _columns(self, grid: Grid) -> str:
        names = []
        for one in grid.widths:
            wide = one / sum(grid.widths) * self.sheet.inner
            properties = f'<style:table-column-properties style:column-width="{wide:.2f}pt"/>'
            names.append(self._style("table-column", properties))
        return "".join(f'<table:table-column table:style-name="{name}"/>' for name in names)

    def _table(self, grid: Grid, *, broken: bool) -> str:
        extra = ' fo:break-before="page"' if broken else ""
        properties = (
            f'<style:table-properties style:width="{self.sheet.inner}pt" table:align="margins" '
            f'table:border-model="collapsing"{extra}/>'
        )
        name = self._style("table", properties)
        rows = self._headed(grid, self._rows(grid), repeat=True)
        return f'<table:table table:style-name="{name}">{self._columns(grid)}{rows}</table:table>'

    def _headed(self, block: Block, rows: list[str], *, repeat: bool) -> str:
        """Return rows of which the heading is marked as such where it is repeated."""
        if not (isinstance(block, Grid) and block.repeat and repeat):
            return "".join(rows)
        head, body = "".join(rows[: block.heading]), "".join(rows[block.heading :])
        return f"<table:table-header-rows>{head}</table:table-header-rows>{body}"

    def _row(self, *, broken: bool = False, high: float = 0.0) -> str:
        keep = "auto" if self.sheet.cut else "always"
        own = f'style:row-height="{high:.2f}pt"' if high else 'style:use-optimal-row-height="true"'
        page = 'fo:break-before="page"' if broken else ""
        properties = f'<style:table-row-properties fo:keep-together="{keep}" {own} {page}/>'
        return f'<table:table-row table:style-name="{self._style("table-row", properties)}">'

    def _rows(self, grid: Grid, *, broken: bool = False) -> list[str]:
        # Calc cuts the text of a merged cell through the middle where a page ends.
        grid = grid.single() if self.calc else grid
        places = {(row, column): cell for row, column, cell in grid.placed()}
        made = []
        for row in range(len(grid.rows)):
            cells = [
                self._cell(grid, row, places[row, column])
                if (row, column) in places
                else "<table:covered-table-cell/>"
                for column in range(len(grid.widths))
            ]
            made.append(
                f"{self._row(broken=broken and row == 0)}{''.join(cells)}</table:table-row>"
            )
        return made

    def _cell(self, grid: Grid, row: int, cell: Cell) -> str:
        colour, sides = "#ffffff" if grid.look == "white" else "#000000", grid.sides(row, cell)
        drawn = f"{self.sheet.rule}pt solid {colour}"
        borders = " ".join(
            f'fo:border-{name}="{drawn if side in sides else "none"}"'
            for side, name in _SIDES.items()
        )
        fill = f'fo:background-color="{cell.fill}"' if cell.fill else ""
        align, vertical = ("center", "middle") if cell.centred else ("left", "top")
        properties = (
            f"<style:table-cell-properties {borders} {fill} "
            f'fo:padding="{self.sheet.pad}pt" '
            f'style:vertical-align="{vertical}" fo:wrap-option="wrap"/>'
            f'<style:paragraph-properties fo:text-align="{align}"/>'
        )
        name = self._style("table-cell", properties)
        look = "b" if cell.bold else ""
        lines = "".join(self._paragraph(line, align, look=look) for line in cell.lines)
        spans = (
            f'table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}"'
        )
        value = ' office:value-type="string"' if cell.lines else ""
        return (
            f'<table:table-cell table:style-name="{name}" {spans}{value}>{lines}</table:table-cell>'
        )
