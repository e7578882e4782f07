"""The SMTP backend, which tells whether the mail server may have accepted a letter."""

import smtplib

from django.core.mail.backends import smtp


class CutOff(Exception):
    """The connection broke while the text was being sent: it is unknown whether the letter was accepted."""


class _Watched(smtplib.SMTP):
    """An SMTP client that distinguishes a refusal from a broken connection."""

    def data(self, msg: bytes | str) -> tuple[int, bytes]:  # type: ignore[override]  # typeshed knows bytes alone
        """Send the text. From here on a missing answer is not a refusal."""
        try:
            return super().data(msg)
        except smtplib.SMTPServerDisconnected as trouble:
            raise CutOff(str(trouble)) from trouble


class _WatchedOverTLS(_Watched, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend with these clients."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the client that speaks TLS from the start, or the one for all else."""
        return _WatchedOverTLS if self.use_ssl else _Watched
