from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from ssrgraph.documents.formats import mail
from ssrgraph.errors import DocumentError

HEADERS = (
    b"From: Press office <press@mod.example.org>\r\nSubject: =?utf-8?q?Boats_for_Sul=C3=A4nd?=\r\n"
    b"Date: Tue, 4 May 2021 23:30:00 -0500\r\n"
)
BODY = "Norland has delivered three patrol boats to Suland."


def read(data: bytes):
    return mail.read(data, name=Path("a.eml"))


def problem(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data)
    return caught.value.problem


def test_the_subject_is_the_title_and_the_headers_say_who_and_when():
    content = read(HEADERS + b"Archived-At: <https://lists.example.org/1>\r\n\r\n" + BODY.encode())
    assert content.text == f"Boats for Suländ\n\n{BODY}\n"
    assert (content.origin.title, content.origin.publisher) == ("Boats for Suländ", "Press office")
    assert (content.origin.date, content.origin.url) == ("2021-05-04", "https://lists.example.org/1")


def test_the_plain_part_is_read_and_attachments_are_not():
    message = EmailMessage()
    message["Subject"] = "Boats"
    message.set_content(BODY)
    message.add_alternative(f"<html><body><p>{BODY} In HTML.</p></body></html>", subtype="html")
    message.add_attachment("Norland trained 500 sailors.", filename="more.txt")
    assert read(message.as_bytes()).text == f"Boats\n\n{BODY}\n"


def test_a_message_only_in_html_is_read_as_a_page():
    message = EmailMessage()
    message["Subject"] = "Boats"
    message.set_content(f"<html><body><p>{BODY}</p><ul><li>three boats</li></ul></body></html>", subtype="html")
    assert read(message.as_bytes()).text == f"Boats\n\n{BODY}\n\n• three boats\n"


@pytest.mark.parametrize(
    ("charset", "text"), [("iso-8859-1", "Opération à Gao"), ("windows-1251", "Министерство"), ("utf-8", "Ünal")]
)
def test_a_part_is_read_in_the_encoding_that_it_declares(charset, text):
    head = f"Subject: A\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert read(head.encode() + f"{text}. {BODY}".encode(charset)).text == f"A\n\n{text}. {BODY}\n"


def test_what_is_quoted_and_the_signature_are_left_out_unless_there_is_nothing_else():
    body = f"{BODY}\r\n\r\n> Norland trained 500 sailors.\r\n> It paid $9.\r\n-- \r\nThe press office\r\n"
    assert read(HEADERS + b"\r\n" + body.encode()).text.endswith(f"\n\n{BODY}\n")
    assert "> Norland" in read(HEADERS + b"\r\n> Norland trained 500 sailors.\r\n").text


def test_a_message_without_text_of_its_own_is_told():
    message = EmailMessage()
    message["Subject"] = "The report"
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    assert problem(message.as_bytes()) == "has no text of its own; save its attachments as files and read those"
    assert problem(HEADERS + b"\r\n").startswith("has no text of its own")


def test_what_is_no_message_is_told():
    assert problem(b"\x00\x01 nothing of the kind") == "is no e-mail: it has none of the usual headers"
    assert problem(b"") == "is empty"


def test_a_date_that_is_none_is_left_out():
    assert read(b"Subject: A\r\nDate: some day\r\n\r\n" + BODY.encode()).origin.date is None


def test_a_mailbox_of_several_messages_is_told_and_one_of_a_single_message_is_read():
    one = b"From press@example.org Mon Jan  6 10:00:00 2020\nSubject: Boats\nFrom: a@example.org\n\nFrom May on: 3.\n"
    assert mail.read(one, name=Path("a.eml")).text == "Boats\n\nFrom May on: 3.\n"
    for both in (one + b"\n" + one, (one + b"\n" + one).replace(b"\n", b"\r\n")):
        with pytest.raises(DocumentError, match=r"holds several e-mails \(mbox\); save each as a file of its own"):
            mail.read(both, name=Path("a.eml"))
