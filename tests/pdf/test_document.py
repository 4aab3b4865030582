"""What is no readable PDF is refused with a code and a next step."""

import hashlib

import pymupdf
import pytest

from planparse.errors import DocumentError
from planparse.model.problem import ProblemCode
from planparse.pdf import open_document, read_bytes
from planparse.read_document import read_document
from tests.pdf.made_pdf import made_pdf, text

CONTENT = made_pdf([text("本計畫依總管理處函示訂定", 20, 40), text("第二頁", 20, 40)])


def refused(content, password=""):
    with pytest.raises(DocumentError) as caught, open_document(content, password):
        pass
    return caught.value


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a word processor's file", b"<html>"])
def test_other_files(content):
    error = refused(content)
    assert error.code is ProblemCode.NOT_A_PDF
    assert "%PDF-" in error.message


def test_a_pdf_behind_some_bytes_is_one():
    with open_document(b"junk\n" + CONTENT) as document:
        assert document.page_count == 2


def test_a_damaged_file():
    assert refused(b"%PDF-1.7\n" + b"\x00" * 200).code is ProblemCode.DAMAGED


def test_a_locked_file_opens_with_its_password_only():
    with pymupdf.open(stream=CONTENT) as document:
        locked = document.tobytes(
            encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256, owner_pw="o", user_pw="geheim"
        )
    assert refused(locked).code is ProblemCode.NEEDS_PASSWORD
    assert refused(locked, "falsch").code is ProblemCode.NEEDS_PASSWORD
    with open_document(locked, "geheim") as document:
        assert document.page_count == 2


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DocumentError, match="cannot read the file"):
        read_bytes(tmp_path / "none.pdf")


def test_a_document_names_its_file_and_numbers_its_pages(tmp_path):
    path = tmp_path / "計畫.pdf"
    path.write_bytes(CONTENT)
    document = read_document(path)
    assert (document.name, document.extractor) == ("計畫.pdf", "pymupdf")
    assert document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert [page.number for page in document.pages] == [1, 2]
    assert {run.page for run in document.pages[1].runs} == {2}
