"""Whether a send failed for sure, or may have gone through: judged by what the libraries say."""

import pytest

from media_monitor.watch.sending.outcome import judge

HTTP = "A Connection error occurred sending JSON notification to hooks.example."
MAIL_CONNECT = 'Connection error while submitting email to "mail.example"'
MAIL_SEND = 'Sending email to "editor@desk.example" failed.'


@pytest.mark.parametrize(
    "lines",
    [
        ["Failed to send JSON POST notification: Internal Server Error., error=500."],
        [HTTP, "Socket Exception: Max retries exceeded (Caused by ConnectTimeoutError(… (connect timeout=10.0)'))"],
        [HTTP, "Socket Exception: … Failed to establish a new connection: [Errno 111] Connection refused"],
        [HTTP, "Socket Exception: … Failed to resolve 'hooks.example' ([Errno -2] Name or service not known)"],
        [HTTP, "Socket Exception: … certificate verify failed: self-signed certificate"],
        [MAIL_CONNECT, "Socket Exception: timed out"],
        [MAIL_CONNECT, "Socket Exception: (535, b'5.7.8 Authentication credentials invalid')"],
        [MAIL_CONNECT, "Socket Exception: Connection unexpectedly closed"],
        ["Socket Exception: {'editor@desk.example': (550, b'no such mailbox')}", MAIL_SEND],
        [],
    ],
)
def test_what_surely_did_not_arrive_is_a_failure_to_try_again(lines):
    assert judge(False, False, lines).state == "failed"


@pytest.mark.parametrize(
    "lines",
    [
        [HTTP, "Socket Exception: HTTPConnectionPool(host='hooks.example'): Read timed out. (read timeout=30.0)"],
        [HTTP, "Socket Exception: ('Connection aborted.', RemoteDisconnected('Remote end closed connection'))"],
        [HTTP, "Socket Exception: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))"],
        ["Socket Exception: timed out", MAIL_SEND],
        ["Socket Exception: Connection unexpectedly closed", MAIL_SEND],
        ["Sent Email to a@desk.example", "SMTP recipient b@desk.example was refused: 550 no", MAIL_SEND],
    ],
)
def test_what_may_have_arrived_is_unknown(lines):
    assert judge(False, False, lines).state == "unknown"


def test_a_send_that_ran_out_of_time_is_unknown_and_one_that_worked_is_sent():
    assert judge(False, True, []).state == "unknown"
    assert judge(True, False, ["some warning"]).state == "sent"
