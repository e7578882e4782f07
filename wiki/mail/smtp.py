"""The SMTP backend, which tells whether a letter may have been taken by the mail server."""

import smtplib

from django.core.mail.backends import smtp


class CutOff(Exception):
    """The connection broke after the letter's text had begun to go out: nobody knows whether it was taken."""


class _Watched(smtplib.SMTP):
    """Talks to the mail server and tells apart what was refused from what was cut off."""

    def data(self, msg: bytes | str) -> tuple[int, bytes]:  # type: ignore[override]  # typeshed knows bytes alone
        """Hand over the text. An answer is an answer; silence from here on is not a refusal."""
        try:
            return super().data(msg)
        except smtplib.SMTPServerDisconnected as trouble:
            raise CutOff(str(trouble)) from trouble


class _WatchedOverTLS(_Watched, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    """Django's way to a mail server, over connections that tell where they broke."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the class of connections."""
        return _WatchedOverTLS if self.use_ssl else _Watched
