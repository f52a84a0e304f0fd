"""The mail that arrives at a real mail server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.watch.mailbox import free_port

from media_monitor.watch.message.compose import compose
from media_monitor.watch.sending.delivery import Outcome, deliver, resend

NOW = datetime(2025, 4, 28, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)


def test_a_mail_arrives_once_with_both_forms_and_its_key(alert, mailbox, beat, tmp_path):
    (sent,), failures, _ = deliver([alert], [mailbox.url], tmp_path, beat, NOW)
    assert ([d.state for d in sent.deliveries], failures) == (["sent"], [])
    (mail,) = mailbox.mails
    message = compose(alert, [], beat, mail["Idempotency-Key"])
    assert mail["Idempotency-Key"].startswith(alert.alert_id)
    assert mail["Subject"] == message.subject
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    html, plain = (mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert plain.splitlines() == message.text.splitlines()
    assert html.split() == message.html.split()
    assert deliver([sent], [mailbox.url], tmp_path, beat, LATER) == Outcome([sent], [], [])
    assert deliver([alert], [mailbox.url], tmp_path, beat, LATER) == Outcome(
        [sent], [], []
    )  # the table was not written in time
    assert len(mailbox.mails) == 1


def test_the_same_alert_sent_again_has_the_same_id_and_thread_so_that_readers_fold_it(alert, mailbox, beat, tmp_path):
    deliver([alert], [mailbox.url], tmp_path / "one", beat, NOW)
    resend(alert.alert_id, [alert], [mailbox.url], tmp_path / "two", beat, LATER)
    other = replace(alert, alert_id="another")
    deliver([other], [mailbox.url], tmp_path / "one", beat, NOW)
    first, again, different = mailbox.mails
    for header in ("Message-ID", "In-Reply-To", "References", "Subject"):
        assert len(first.get_all(header)) == 1
        assert first[header] == again[header]
    assert first["Message-ID"] != different["Message-ID"]
    assert first["References"] == first["In-Reply-To"] == f"<{alert.alert_id}@desk.example>"
    assert first["Message-ID"].endswith("@desk.example>")


def test_the_wire_is_ascii_and_the_headers_are_one_line_whatever_a_feed_says(alert, mailbox, beat, tmp_path):
    found = replace(
        alert.confirmation,
        claim="a\r\nBcc: evil@example.org\u202e 北朝鲜 шесть",
        title="x\r\n.\r\nMAIL FROM:<x>",
        quote="\ud800 ." * 50,
    )
    deliver([replace(alert, confirmation=found)], [mailbox.url], tmp_path, beat, NOW)
    (mail,), (raw,) = mailbox.mails, mailbox.raw
    assert raw.isascii()
    assert mail["Bcc"] is None
    assert "a Bcc: evil@example.org 北朝鲜 шесть" in mail["Subject"]
    assert mail["To"] == "editor@desk.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.defects == []


def test_copies_go_to_cc_and_bcc_and_only_cc_is_seen(alert, mailbox, beat, tmp_path):
    (sent,), *_ = deliver(
        [alert], [f"{mailbox.url}&cc=Chief<chief@desk.example>&bcc=x@desk.example"], tmp_path, beat, NOW
    )
    assert [d.state for d in sent.deliveries] == ["sent"]
    (mail,) = mailbox.mails
    assert mail["Cc"] == "Chief <chief@desk.example>"
    assert mail["Bcc"] is None


def test_a_url_that_asks_for_text_gets_text(alert, mailbox, beat, tmp_path):
    deliver([alert], [f"{mailbox.url}&format=text"], tmp_path, beat, NOW)
    (mail,) = mailbox.mails
    assert mail.get_content_type() == "text/plain"
    assert alert.confirmation.quote in mail.get_content()


def test_mail_without_a_server_fails_and_names_it(alert, beat, tmp_path):
    url = f"mailto://127.0.0.1:{free_port()}?from=a@desk.example&to=b@desk.example&mode=insecure"
    (first,), failures, _ = deliver([alert], [url], tmp_path, beat, NOW)
    assert [d.state for d in first.deliveries] == ["failed"]
    assert "refused" in failures[0]
