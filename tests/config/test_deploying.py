"""Served over HTTPS, the settings leave nothing for `check --deploy` to say."""

import os
import subprocess
import sys

SHOW = (
    "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {f"PERVICHKA_{name}": value for name, value in environment.items()}
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "pervichka.config.settings"} | given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_left_to_say() -> None:
    done = run("-m", "django", "check", "--deploy", "--fail-level", "WARNING", HTTPS="1")
    assert done.returncode == 0, done.stderr


def test_cookies_are_held_to_the_host_over_https() -> None:
    assert run("-c", SHOW, HTTPS="1").stdout.split() == ["__Host-session", "True"]
    assert run("-c", SHOW, HTTPS="0").stdout.split() == ["session", "False"]


def test_a_weak_secret_is_refused() -> None:
    for weak in ("changeme", "a" * 80, "django-insecure-" + "abcdefgh" * 8):
        done = run("-c", SHOW, SECRET_KEY=weak)
        assert done.returncode != 0
        assert "too weak" in done.stderr
