"""Legal bases from the paragraphs under 計畫依據: issuer, date, document number, title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from planparse.lexicon.calendar import find_dates
from planparse.lexicon.numbering import Numbering, find_label
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import Folded, fold
from planparse.model.plan import LegalBasis

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

_NUMBER = re.compile(r"[^0-9「」,。;、日]{1,14}字第[0-9A-Za-z-]+號(?:之[0-9]+)?")
_CLAUSE = re.compile(r"(?:「[^」]*」|《[^》]*》|\([^)]*\)|[^,;。])+")
# 「甲」及「乙」, 「甲」、經濟部「乙」: a new basis behind a closed title.
_NEXT = re.compile(r"(?<=[」》號函])(?:[、及與暨]|以及)(?=.*[「《號])")


class LegalBasisWords(BaseModel):
    """The lists of words, regular expressions all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str
    number_before_date: str
    lead: str
    issuer: str
    sent: str
    verb: str
    end: str
    own: str
    law: str


class LegalBasisExample(BaseModel):
    """A paragraph and its bases; ``bases`` without the printed text and without nulls."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    printed: str
    bases: list[dict[str, Any]]
    unknown: list[str] = []


@dataclass(frozen=True, slots=True)
class LegalBasisRules:
    """Words, names of issuers by what is printed, and the examples."""

    words: LegalBasisWords
    issuers: Mapping[str, str]
    examples: tuple[LegalBasisExample, ...]
    numbering: Numbering

    def is_section(self, heading: str) -> bool:
        """Return True if a section's heading announces legal bases."""
        return re.search(self.words.section, fold(heading).text) is not None


@dataclass(slots=True)
class LegalReading:
    """What the paragraphs say; ``unknown``: what no rule reads, a date off the calendar too."""

    bases: list[LegalBasis] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def load_legal_bases(issuers: Mapping[str, str], numbering: Numbering) -> LegalBasisRules:
    """Return the rules that come with the package, with further names of issuers."""
    data = package_tables("legal_bases.toml")
    names = {fold(name).text: full for name, full in {**data["issuers"], **issuers}.items()}
    return LegalBasisRules(
        LegalBasisWords.model_validate(data["words"]),
        names,
        tuple(LegalBasisExample.model_validate(example) for example in data["example"]),
        numbering,
    )


def read_legal_bases(paragraphs: Iterable[str], rules: LegalBasisRules) -> LegalReading:
    """Return the bases of a section's paragraphs, in their order."""
    reading = LegalReading()
    for paragraph in paragraphs:
        folded = fold(paragraph)
        for start, stop in _clauses(folded.text, rules):
            _read_clause(reading, folded, start, stop, rules)
    return reading


def _clauses(text: str, rules: LegalBasisRules) -> Iterator[tuple[int, int]]:
    """Yield where each clause that may name a basis begins and ends."""
    words = rules.words
    label = find_label(rules.numbering, text)
    dated = re.match(words.number_before_date, text)
    at = label.width if label else dated.end() if dated else 0
    while clause := _CLAUSE.search(text, at):
        start, at = clause.start(), clause.end()
        for cut in [*_NEXT.finditer(text, start, at), None]:
            stop = cut.start() if cut else at
            lead = re.compile(words.lead).match(text, start, stop)
            start = lead.end() if lead else start
            if start < stop and not re.search(words.own, text[start:stop]):
                yield start, stop
            start = cut.end() if cut else at


def _read_clause(
    reading: LegalReading, folded: Folded, start: int, stop: int, rules: LegalBasisRules
) -> None:
    text = folded.text[start:stop]
    quote = re.search("[「《]", text)
    outside = text[: quote.start()] if quote else text
    dated = next(iter(find_dates(outside)), None)
    date: datetime.date | None = None
    head, tail = 0, 0
    issuer_stop = None
    if dated:
        issuer_stop, head, date = dated
        if date is None:
            reading.unknown.append(folded.slice(start + dated[0], start + dated[1]))
        tail = head
    number = _document_number(outside, head, rules.words, dated=dated is not None)
    if number:
        tail = number[1]
        issuer_stop = number[0] if issuer_stop is None else issuer_stop
    title_start, title_stop = _title(text, tail, rules.words, known=issuer_stop is not None)
    if issuer_stop is None:
        issuer_stop = title_start
    issuer = _issuer(text[:issuer_stop], rules)
    title = folded.slice(start + title_start, start + title_stop)
    if re.fullmatch("[「《][^」》]*[」》]", title):
        title = title[1:-1]
    if not (number or dated or title) or (issuer is None and text[:issuer_stop]):
        reading.unknown.append(folded.slice(start, stop))
        return
    reading.bases.append(
        LegalBasis(
            issuer=issuer,
            date=date,
            document_no=text[number[0] : number[1]] if number else None,
            title=title or None,
            printed=folded.slice(start, stop),
        )
    )


def _document_number(
    text: str, at: int, words: LegalBasisWords, *, dated: bool
) -> tuple[int, int] | None:
    """Return the place of 字第…號; None without one.

    Behind a date it begins there, else behind the issuer's last character.
    """
    found = _NUMBER.search(text, at)
    if found is None:
        return None
    if dated:
        return found.start(), found.end()
    # 行政院院授發社字第…號: the issuer is the shortest beginning that ends like one.
    ends = words.issuer.removesuffix("$")
    issuer = re.match(rf"[^0-9]*?{ends}(?=[^0-9]{{1,12}}字第)", text[at : found.end()])
    return at + (issuer.end() if issuer else found.start() - at), found.end()


def _title(text: str, at: int, words: LegalBasisWords, *, known: bool) -> tuple[int, int]:
    """Return the place of the title behind what was read; an empty stretch if there is none."""
    head = re.compile(rf"(?:{words.verb}|{words.sent}|之|的)*").match(text, at)
    start = head.end() if head else at
    stop = start + len(re.sub(rf"{words.end}$", "", text[start:]))
    if known:
        return start, stop
    quote = re.search("[「《]", text)
    if quote:
        head = re.search(rf"(?:所?(?:{words.verb}))?(?:之|的)?$", text[: quote.start()])
        return quote.start(), stop
    # 政府資訊公開法第6條規定: the end 規定 goes only where a law is left without it.
    for end in (stop, len(text)):
        if re.search(words.law, text[start:end]):
            return start, end
    return start, start


def _issuer(text: str, rules: LegalBasisRules) -> str | None:
    """Return the issuer's name; None where the words are no issuer's."""
    words = rules.words
    name = re.sub(rf"(?:於|以|業經|之|的|所|{words.verb}|{words.sent})+$", "", text)
    if name in rules.issuers:
        return rules.issuers[name]
    if len(name) <= 20 and re.search(words.issuer, name):
        return name
    return None
