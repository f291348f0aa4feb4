"""Handing one message to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fairline.core.notice_settings import Mail

SILENCE: Final = 20.0
"""Seconds that each step may take."""


def send(server: Mail, to: str, message: bytes) -> None:
    """Hand ``message`` to the mail server; when this returns, the server has taken it.

    Raises:
        OSError, smtplib.SMTPException: it has not, or nobody can say; ``faults.word_of`` knows them all.
    """
    # Our own name in the greeting would be that of this machine, and cost a look-up.
    name = server.sender.rpartition("@")[2]
    context = ssl.create_default_context()
    if server.tls == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=SILENCE, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=SILENCE)
    try:
        if server.tls == "starttls":
            line.starttls(context=context)
        if server.password_file is not None:
            line.login(server.user, server.password_file.read_text(encoding="utf-8").strip())
        line.sendmail(server.sender, [to], message)
    except BaseException:
        line.close()
        raise
    # Taken is taken, whatever becomes of the farewell.
    try:
        line.quit()
    except (OSError, smtplib.SMTPException):
        line.close()
