"""Every setting, read once from the environment. docs/settings.md says what each one does, for operators.

A setting that an operator may change is called FLEETVIEW_* here, in the environment and in the docs alike.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from fleetview import env
from fleetview.bind import hosts_allowed
from fleetview.data_folder import data_folder
from fleetview.database import database
from fleetview.mail_server import read_mail_server
from fleetview.postgres.place import find_place
from fleetview.secret_key import secret_key
from fleetview.single_sign_on import check_single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where everything is kept

FLEETVIEW_DATA_DIR = data_folder(env.path("FLEETVIEW_DATA_DIR") or BASE_DIR / "var")

FLEETVIEW_DATABASE_URL = env.secret("FLEETVIEW_DATABASE_URL")
DATABASES = {"default": database(FLEETVIEW_DATABASE_URL, find_place(FLEETVIEW_DATA_DIR))}

# --- how it is reached

FLEETVIEW_BIND = env.text("FLEETVIEW_BIND", "127.0.0.1:8000")
FLEETVIEW_URL = env.text("FLEETVIEW_URL").rstrip("/") or None  # None: whatever address the browser used
FLEETVIEW_TLS_BIND = env.text("FLEETVIEW_TLS_BIND") or None
FLEETVIEW_TLS_CERTIFICATE = env.path("FLEETVIEW_TLS_CERTIFICATE")
FLEETVIEW_TLS_KEY = env.path("FLEETVIEW_TLS_KEY")
FLEETVIEW_TLS_CLIENT_CA = env.path("FLEETVIEW_TLS_CLIENT_CA")
if FLEETVIEW_TLS_BIND and not (FLEETVIEW_TLS_CERTIFICATE and FLEETVIEW_TLS_KEY):
    raise ImproperlyConfigured("FLEETVIEW_TLS_BIND needs FLEETVIEW_TLS_CERTIFICATE and FLEETVIEW_TLS_KEY beside it.")
FLEETVIEW_TRUSTED_PROXIES = env.networks("FLEETVIEW_TRUSTED_PROXIES")
FLEETVIEW_CLIENT_DN_HEADER = env.text("FLEETVIEW_CLIENT_DN_HEADER", "X-Client-DN")
FLEETVIEW_CLIENT_VERIFY_HEADER = env.text("FLEETVIEW_CLIENT_VERIFY_HEADER", "X-Client-Verify")
ALLOWED_HOSTS = env.words("FLEETVIEW_ALLOWED_HOSTS") or hosts_allowed(FLEETVIEW_URL, FLEETVIEW_BIND)

# --- the processes

FLEETVIEW_WORKERS = env.number("FLEETVIEW_WORKERS", "2", least=1)
FLEETVIEW_THREADS = env.number("FLEETVIEW_THREADS", "8", least=1)
FLEETVIEW_DRAINS = env.number("FLEETVIEW_DRAINS", "1")
FLEETVIEW_POSTGRES_BIN = env.path("FLEETVIEW_POSTGRES_BIN")
FLEETVIEW_POSTGRES_USER = env.text("FLEETVIEW_POSTGRES_USER") or None

# --- the doors and the spool

FLEETVIEW_MAX_BODY = env.size("FLEETVIEW_MAX_BODY", "32 MiB")
FLEETVIEW_MAX_DECOMPRESSED = env.size("FLEETVIEW_MAX_DECOMPRESSED", "256 MiB")
FLEETVIEW_SPOOL_MAX_BYTES = env.size("FLEETVIEW_SPOOL_MAX_BYTES", "4 GiB")
FLEETVIEW_SPOOL_MAX_FILES = env.number("FLEETVIEW_SPOOL_MAX_FILES", "1000000", least=1)
FLEETVIEW_SPOOL_FREE_FLOOR = env.size("FLEETVIEW_SPOOL_FREE_FLOOR", "256 MiB")
FLEETVIEW_SENDER_RATE = env.number("FLEETVIEW_SENDER_RATE", "1000")  # reports a second; 0: no bound
FLEETVIEW_REDACT = env.patterns("FLEETVIEW_REDACT")

FLEETVIEW_VERSION = "0.1.0"  # as in pyproject.toml; printed on every brief

# --- how long things are kept

FLEETVIEW_RETENTION_DAYS = env.number("FLEETVIEW_RETENTION_DAYS", "90", least=1)
FLEETVIEW_KEEP_COUNTS_DAYS = env.number("FLEETVIEW_KEEP_COUNTS_DAYS", "1830", least=1)
FLEETVIEW_KEEP_AUDIT_DAYS = env.number("FLEETVIEW_KEEP_AUDIT_DAYS", "1830", least=1)
FLEETVIEW_KEEP_BRIEFS_DAYS = env.number("FLEETVIEW_KEEP_BRIEFS_DAYS", "730", least=1)
FLEETVIEW_KEEP_UNCHANGED_DAYS = env.number("FLEETVIEW_KEEP_UNCHANGED_DAYS", "2")
FLEETVIEW_KEEP_EVENTFUL_DAYS = env.number("FLEETVIEW_KEEP_EVENTFUL_DAYS", "30")

# --- what is told of nodes

FLEETVIEW_ROLE_FACTS = env.words("FLEETVIEW_ROLE_FACTS", "role, roles, trusted.extensions.pp_role")

# --- what pages say

FLEETVIEW_SILENT_AFTER = env.duration("FLEETVIEW_SILENT_AFTER", "4 h")

# --- mail

FLEETVIEW_SMTP_URL = env.secret("FLEETVIEW_SMTP_URL")  # empty: no mail is sent
FLEETVIEW_MAIL_FROM = env.text("FLEETVIEW_MAIL_FROM")
MAIL_SERVER = read_mail_server(FLEETVIEW_SMTP_URL, FLEETVIEW_MAIL_FROM)

# --- signing in elsewhere, by OpenID Connect

FLEETVIEW_OIDC_ISSUER = env.text("FLEETVIEW_OIDC_ISSUER")  # empty: passwords alone
FLEETVIEW_OIDC_CLIENT_ID = env.text("FLEETVIEW_OIDC_CLIENT_ID")
FLEETVIEW_OIDC_CLIENT_SECRET = env.secret("FLEETVIEW_OIDC_CLIENT_SECRET")
FLEETVIEW_OIDC_NAME = env.text("FLEETVIEW_OIDC_NAME", "single sign-on")
FLEETVIEW_OIDC_SCOPES = env.words("FLEETVIEW_OIDC_SCOPES", "profile")
FLEETVIEW_OIDC_GROUPS_CLAIM = env.text("FLEETVIEW_OIDC_GROUPS_CLAIM", "groups")
FLEETVIEW_OIDC_ALLOWED_GROUPS = env.words("FLEETVIEW_OIDC_ALLOWED_GROUPS")
FLEETVIEW_OIDC_OPERATOR_GROUPS = env.words("FLEETVIEW_OIDC_OPERATOR_GROUPS")
FLEETVIEW_OIDC_ADMIN_GROUPS = env.words("FLEETVIEW_OIDC_ADMIN_GROUPS")
FLEETVIEW_OIDC_JOIN_GROUPS = env.flag("FLEETVIEW_OIDC_JOIN_GROUPS", "no")
FLEETVIEW_OIDC_ONLY = env.flag("FLEETVIEW_OIDC_ONLY", "no")
check_single_sign_on(FLEETVIEW_OIDC_ISSUER, FLEETVIEW_OIDC_CLIENT_ID, is_only=FLEETVIEW_OIDC_ONLY)

# --- Django

SECRET_KEY = env.secret("FLEETVIEW_SECRET_KEY") or secret_key(FLEETVIEW_DATA_DIR)
ROOT_URLCONF = "fleetview.urls"
WSGI_APPLICATION = "fleetview.wsgi.application"
APPEND_SLASH = False  # no sender follows a redirect with its body
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = FLEETVIEW_MAX_BODY

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "reports",
]

# CommonMiddleware is left out: it refuses a request for its Host header before any view is asked, and a report must
# not be lost because a node calls this server by another name. `KnownHost` does the same for pages alone.
MIDDLEWARE = [
    "fleetview.security.strict_headers",
    "fleetview.security.CompressPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fleetview.security.content_length",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fleetview.security.LoginRequired",
    "fleetview.security.KnownHost",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reports.pages.problems.QuestionProblems",
    "reports.people.looking.WithTheirEyes",
    "reports.pages.account.OwnPasswordFirst",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "reports.pages.tags",
                "reports.pages.dense_tags",
                "reports.pages.row_tags",
                "reports.pages.note_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.pages.viewer.viewer",
                "reports.pages.frame.frame",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = FLEETVIEW_DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "fleetview.plotly_finder.PlotlyFinder",
    "fleetview.htmx_finder.HtmxFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "fleetview.assets.AssetStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- security

AUTHENTICATION_BACKENDS = ["reports.people.backend.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "reports.people.sign_on.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "reports.people.sign_on.SocialAdapter"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
SOCIALACCOUNT_EMAIL_REQUIRED = SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
_IS_HTTPS = FLEETVIEW_URL is not None and urlsplit(FLEETVIEW_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "reports.pages.problems.forbidden"
CSRF_TRUSTED_ORIGINS = [FLEETVIEW_URL] if FLEETVIEW_URL else []
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _IS_HTTPS else 0  # Django sends it over TLS alone
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: they are not ours
    "security.W008",  # redirect to TLS: a proxy's task, and no sender follows one
    "security.W021",  # HSTS preload: a public list is no place for an internal server
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- the read API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "reports.api.authentication.ReadToken",
        "reports.api.authentication.LoggedIn",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "reports.api.errors.answer_error",
    "URL_FORMAT_OVERRIDE": None,  # `?format=` is no parameter of ours, and is refused like any other
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fleetview",
    "DESCRIPTION": "What changed on which node, and why. Times are ISO 8601 in UTC; lists are walked by cursor.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "NodeStatus": "reports.api.words.NODE_STATUSES",
        "Outcome": "reports.api.words.OUTCOMES",
        "ChangeStatus": "reports.api.words.CHANGE_STATUSES",
        "Cause": "reports.api.words.CAUSES",
        "CauseSource": "reports.api.words.CAUSE_SOURCES",
        "LogLevel": "reports.api.words.LOG_LEVELS",
        "Pattern": "reports.api.words.PATTERNS",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"apscheduler": {"level": "ERROR"}},  # else five lines a job, and one whenever it is due while it runs
}
