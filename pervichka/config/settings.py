"""Settings, each from a typed environment variable with a safe default."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from pervichka.config import environment, logs, mail
from pervichka.foundation import postgres
from pervichka.foundation.home import home

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = home()

# One machine's own key, made at first use and kept outside the database.
SECRET_KEY = environment.secret("SECRET_KEY", HOME)
DEBUG = environment.flag("DEBUG", default=False)
DEMO = environment.flag("DEMO", default=False)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PACK = environment.text("PACK", default="ru")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "django_cotton",
    "django_htmx",
    # Brings the page that shows the API, served from here rather than from elsewhere.
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pervichka.foundation.journal",
    "pervichka.register.branches",
    "pervichka.register.texts",
    "pervichka.register.campaigning",
    "pervichka.register.people",
    "pervichka.register.accounts",
    "pervichka.register.posts",
    "pervichka.work.events",
    "pervichka.work.messaging",
    "pervichka.standard.facts",
    "pervichka.standard.scores",
    "pervichka.surfaces.web",
]

MIDDLEWARE = [
    "pervichka.surfaces.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pervichka.surfaces.web.middleware.ActingActor",
    "pervichka.surfaces.web.account.standing.Standing",
]

ROOT_URLCONF = "pervichka.config.urls"
WSGI_APPLICATION = "pervichka.config.wsgi.application"
ASGI_APPLICATION = "pervichka.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Every family of pages keeps its templates beside its views.
        "DIRS": sorted((BASE_DIR / "surfaces" / "web").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pervichka.surfaces.web.context.page",
            ],
        },
    },
]

DATABASES = {
    "default": postgres.django_settings("app"),
    "owner": postgres.django_settings("owner"),
}
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The library of second factors and passkeys: its tables hold no address, its pages are not used.
ACCOUNT_ADAPTER = "pervichka.register.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Counted by ourselves, in the database (register/accounts/limits.py).
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "pervichka.register.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Pervichka"
# Sealed, in a table of our own; Django's would hold them in clear.
SESSION_ENGINE = "pervichka.register.accounts.sessions"
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:front"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", default="Europe/Moscow")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

HTTPS = environment.flag("HTTPS", default=False)
# Over HTTPS alone a browser can hold a cookie to this very host.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
KNOWN_DEVICE_COOKIE_NAME = f"{_PREFIX}known"
# How many proxies of our own stand before the server; each adds a hop to X-Forwarded-For.
PROXIES = environment.number("PROXIES", default=0)
if HTTPS and PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
# Whoever watches the server asks it from within, where there is no HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = environment.words("TRUSTED_ORIGINS", default=[])

# What is uploaded is held in memory alone, since a disk would keep it in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024 * 1024


# Where kinds of rows stand that are kept for a time only; their rules: register/retention.
RETENTION = [
    "pervichka.register.people.retention",
    "pervichka.register.accounts.retention",
    "pervichka.work.events.retention",
    "pervichka.work.messaging.retention",
]

vars().update(mail.settings())
# Where letters of campaigns come back to; else where they come from.
BOUNCE_ADDRESS = environment.text("BOUNCE_ADDRESS", default="")
# Where the pages are reached from outside: letters lead there.
SITE_ADDRESS = environment.text("SITE", default="").rstrip("/")

LOGGING = logs.logging()

PROCRASTINATE_IMPORT_PATHS = [
    "pervichka.surfaces.jobs.tasks",
    "pervichka.surfaces.jobs.letters",
    "pervichka.surfaces.jobs.messages",
]

TEST_RUNNER = "django.test.runner.DiscoverRunner"
