"""Letters go out through the SMTP server that the environment names; without one none is sent."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from pervichka.config import environment

_SECURED = ("starttls", "tls", "none")


def settings() -> dict[str, Any]:
    """Django's settings of mail.

    PERVICHKA_SMTP_HOST, _PORT, _USER, _PASSWORD, _SECURITY (starttls, tls or none), and
    PERVICHKA_MAIL_FROM, the address that letters come from.
    """
    host = environment.text("SMTP_HOST", default="")
    security = environment.text("SMTP_SECURITY", default="starttls")
    if security not in _SECURED:
        message = f"PERVICHKA_SMTP_SECURITY is {security!r}; write one of {', '.join(_SECURED)}"
        raise ImproperlyConfigured(message)
    sender = environment.text("MAIL_FROM", default="")
    if host and not sender:
        message = "PERVICHKA_SMTP_HOST is set: write in PERVICHKA_MAIL_FROM where letters come from"
        raise ImproperlyConfigured(message)
    kind = "smtp" if host else "dummy"
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": environment.number("SMTP_PORT", default=465 if security == "tls" else 587),
        "EMAIL_HOST_USER": environment.text("SMTP_USER", default=""),
        "EMAIL_HOST_PASSWORD": environment.text("SMTP_PASSWORD", default=""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender or "nobody@localhost",
    }
