"""Mail through Apprise, with what Apprise leaves out: our own plain text beside the HTML, and an id that stays.

Mail readers fold two mails with one Message-ID into one, so that a mail that is sent again after its outcome was
unknown is not read twice; and they show mails that answer to one id as one thread.
"""

import re
import smtplib
from datetime import UTC, datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Any

from apprise import NotifyFormat
from apprise.exception import AppriseImproperlyConfigured
from apprise.plugins.email import NotifyEmail
from apprise.plugins.email.base import PGP_MODE_DEFAULT
from apprise.plugins.email.smtp import AppriseSMTPController

_BROKEN = (OSError, smtplib.SMTPException, RuntimeError, AppriseImproperlyConfigured)


class Letter(NotifyEmail):  # type: ignore[misc]  # Apprise has no types
    """An Apprise mail service. What it sends is set before: `text`, `key` of the message, `thread` of the alert."""

    text, key, thread = "", "", ""

    def send(self, body: str, title: str = "", body_format: Any = None, **options: Any) -> bool:
        """Sends the mail to every recipient of the URL; `body` is the HTML, or the text where the URL asks for text."""
        if self.pgp_mode != PGP_MODE_DEFAULT:
            return bool(super().send(body=body, title=title, body_format=body_format, **options))
        html = body if self.resolve_format(body_format) == NotifyFormat.HTML else None
        try:
            with AppriseSMTPController(
                host=self.smtp_host, port=self.port, secure_mode=self.secure_mode, user=self.user,
                password=self.password, verify_certificate=self.verify_certificate,
                socket_connect_timeout=self.socket_connect_timeout,
            ) as smtp:  # fmt: skip
                sent = [self._sent(smtp, name, address, title, html) for name, address in self.targets]
        except _BROKEN as error:
            self.logger.warning('Connection error while submitting email to "%s"', self.smtp_host)
            self.logger.debug("Socket Exception: %s", error)
            return False
        return bool(sent) and all(sent)

    def _sent(self, smtp: Any, name: str, address: str, title: str, html: str | None) -> bool:
        mail = self._mail(name, address, title, html)
        others = sorted((self.cc | self.bcc) - {address})
        sent = bool(smtp.sendmail(self.from_addr[1], [address, *others], mail.as_string()))
        if sent:
            self.logger.info("Sent Email to %s", address)
        else:
            self.logger.warning('Sending email to "%s" failed.', address)
        return sent

    def _mail(self, name: str, address: str, title: str, html: str | None) -> Any:
        mail: Any = MIMEMultipart("alternative") if html is not None else _part(self.text, "plain")
        if html is not None:
            mail.attach(_part(self.text, "plain"))
            mail.attach(_part(html, "html"))
        mail["Subject"] = Header(title, header_name="Subject")
        mail["From"], mail["To"] = formataddr(tuple(self.from_addr)), formataddr((name, address))
        for header, addresses in (("Cc", self.cc - self.bcc), ("Reply-To", self.reply_to)):
            if kept := sorted(addresses - {address}):
                mail[header] = ", ".join(formataddr((self.names.get(one, False), one)) for one in kept)
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"], mail["References"] = self._id(self.key), self._id(self.thread)
        mail["In-Reply-To"] = self._id(self.thread)
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
        for header, value in self.headers.items():
            mail[header] = Header(value, header_name=header)
        return mail

    def _id(self, name: str) -> str:
        domain = re.sub(r"[^A-Za-z0-9.-]", "", self.from_addr[1].rpartition("@")[2]) or "media-monitor.invalid"
        return f"<{name}@{domain}>"


def _part(words: str, kind: str) -> MIMEText:
    return MIMEText(words, kind, "utf-8")
