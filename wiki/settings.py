"""Settings, read top to bottom. Everything that differs between places comes from the environment.

`CAUSEWAY_DEBUG=1` is for developing and `CAUSEWAY_DEMO=1` for trying it out; both bring their own database
and key. Otherwise this is production, which refuses to start until it has been told what it must know.
"""

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from wiki import postgres
from wiki.environment import env, envbool, envint, envlist, envshare, mailer_at, required

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

# --- Where this runs --------------------------------------------------------------------------------------

DEBUG = envbool("CAUSEWAY_DEBUG")
DEMO = envbool("CAUSEWAY_DEMO")
# pytest says so in the environment; mypy's Django plugin reads the settings to learn the models.
TESTING = "PYTEST_VERSION" in os.environ or "MYPY_CONFIG_FILE_DIR" in os.environ
PRODUCTION = not (DEBUG or DEMO or TESTING)

# --- What production must be told -------------------------------------------------------------------------


def kept_key() -> str:
    """Return the key of this laptop, made when it is first asked for."""
    VAR.mkdir(exist_ok=True)
    file = VAR / "secret-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text()


if PRODUCTION:
    SECRET_KEY = required("CAUSEWAY_SECRET_KEY", "a long random text")
    required("CAUSEWAY_ALLOWED_HOSTS", "the names that this wiki answers to, with commas between")
    required("DATABASE_URL", "the address of a PostgreSQL database, postgres://user:password@host:5432/name")
else:
    SECRET_KEY = env("CAUSEWAY_SECRET_KEY") or ("tests-sign-nothing-of-worth" * 3 if TESTING else kept_key())
SECRET_KEY_FALLBACKS = envlist("CAUSEWAY_OLD_SECRET_KEYS")
ALLOWED_HOSTS = envlist("CAUSEWAY_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
# Where people reach the wiki, for the links in emails.
SITE_URL = env(
    "CAUSEWAY_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")
# What the owner says of themselves on the pages "Who is behind this", "Contact" and "Privacy".
OWNER = {
    "name": env("CAUSEWAY_OWNER_NAME"),
    "address": env("CAUSEWAY_OWNER_ADDRESS"),
    "email": env("CAUSEWAY_OWNER_EMAIL"),
    "editors": env("CAUSEWAY_OWNER_EDITORS"),
    "funding": env("CAUSEWAY_OWNER_FUNDING"),
    "hosting": env("CAUSEWAY_OWNER_HOSTING"),
    "authority": env("CAUSEWAY_OWNER_AUTHORITY"),
}
# Who answers for look-ups at Crossref and PubMed, which ask for an address; without one nobody is asked.
LOOKUP_EMAIL = env("CAUSEWAY_LOOKUP_EMAIL")
LOOKUP_NCBI_KEY = env("CAUSEWAY_LOOKUP_NCBI_KEY")
# How many proxies of ours stand in front. With none, what a request says of its origin is not believed.
PROXIES = envint("CAUSEWAY_PROXIES", 0)
# How many requests a minute one client may make of the programming interface (API).
API_A_MINUTE = envint("CAUSEWAY_API_A_MINUTE", 100)

# --- Database: PostgreSQL, always -------------------------------------------------------------------------


def database_at(url: str, setting: str = "DATABASE_URL") -> dict[str, Any]:
    """Return the entry of `DATABASES` for an address; what stands after its `?` goes to libpq."""
    problem = ImproperlyConfigured(f"{setting} must read postgres://user:password@host:5432/name.")
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise problem from None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise problem
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }


# The data directory of the embedded PostgreSQL, or nothing where DATABASE_URL names a server.
EMBEDDED_POSTGRES: Path | None = None
if DATABASE_URL := env("DATABASE_URL"):
    DATABASES = {"default": database_at(DATABASE_URL)}
else:
    EMBEDDED_POSTGRES = postgres.TESTS if TESTING else postgres.DATA
    DATABASES = {"default": postgres.address(data=EMBEDDED_POSTGRES) | {"OPTIONS": {}}}

if TESTING:
    # Two runs of the tests at once each have a database of their own. Elsewhere no setting may differ from
    # one process to the next: stored answers are kept under a digest of them all (`views/release.py`).
    DATABASES["default"]["TEST"] = {"NAME": f"test_causeway_{os.getpid()}"}
# Each thread of the server keeps its connection, asks whether it is still there, and makes a new one if not.
# With a pool, every reader would wait for seconds where the database is away.
DATABASES["default"]["CONN_MAX_AGE"] = None if PRODUCTION or DEMO else 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = envbool("CAUSEWAY_PGBOUNCER")
if PRODUCTION:
    # A machine that does not answer any more is noticed within seconds, before and after connecting.
    gone = {
        "connect_timeout": "3",
        "keepalives_idle": "5",
        "keepalives_interval": "2",
        "keepalives_count": "3",
    }
    DATABASES["default"]["OPTIONS"] = gone | {"tcp_user_timeout": "8000"} | DATABASES["default"]["OPTIONS"]
# Replicas, by their names in `DATABASES`: views that only read may ask them (`views/replicas.py`). One that
# does not answer is given up soon, for the primary does. One that has become a primary refuses to write.
REPLICAS: list[str] = []
for replica in (database_at(url, "CAUSEWAY_REPLICAS") for url in envlist("CAUSEWAY_REPLICAS")):
    if all(replica[part] == DATABASES["default"][part] for part in ("HOST", "PORT", "NAME")):
        raise ImproperlyConfigured("CAUSEWAY_REPLICAS names the database of DATABASE_URL; name its replicas.")
    reads = {} if envbool("CAUSEWAY_PGBOUNCER") else {"options": "-c default_transaction_read_only=on"}
    soon = {"connect_timeout": "2", "tcp_user_timeout": "2000"}
    replica["OPTIONS"] = DATABASES["default"]["OPTIONS"] | soon | reads | replica["OPTIONS"]
    REPLICAS.append(f"replica-{len(REPLICAS) + 1}")
    DATABASES[REPLICAS[-1]] = DATABASES["default"] | replica | {"TEST": {"MIRROR": "default"}}
# How many requests each process of the server answers at once; it keeps as many connections.
THREADS = envint("CAUSEWAY_THREADS", 4)

# --- The application --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "wiki",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "markdownx",
    "django_tasks_db",
]
# Whether answers to anonymous readers are kept ready. Tests that are about something else make each anew.
STORES_ANSWERS = PRODUCTION or DEMO
# The caches in front that are told what to forget: varnish+http://host:port, nginx+http://host:port or
# fastly+https://api.fastly.com/service/ID?key=… Without any, no shared cache may keep anything.
EDGES = envlist("CAUSEWAY_EDGES")
MIDDLEWARE = [
    # Before everything: what is stored is counted too, and what fails is told in their form.
    "wiki.views.api.door.ApiDoor",
    "wiki.views.stored_answers.StoredAnswers",
    "wiki.views.signed_in_answers.SignedInAnswers",
    "django.middleware.security.SecurityMiddleware",
    "wiki.views.middleware.ReadableRequests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pads each answer by chance, so that its length tells nothing of the tokens in it.
    "wiki.views.middleware.Compression",
    "wiki.views.middleware.HeaderFields",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "wiki.views.middleware.ConditionalGet",
    "wiki.views.caching.KeepPrivate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "wiki.views.access.SecondFactor",
    "wiki.views.replicas.ReadsFromReplicas",
]
ROOT_URLCONF = "wiki.urls"
WSGI_APPLICATION = "wiki.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["wiki.templatetags.addresses"],
        },
    },
]
# Widgets but plain ones are looked up like pages, so that templates/ may replace those of django-markdownx.
FORM_RENDERER = "wiki.forms.field_renderer.FieldRenderer"
# The form of one page has a field for each part of each statement.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env("CAUSEWAY_TIME_ZONE", "UTC")

# --- Files of our own -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
NAMED_BY_CONTENT = "wiki.static_files.NamedByContent"
AS_THEY_LIE = "wiki.static_files.AsTheyLie"


def storage_at(address: str) -> dict[str, Any]:
    """Return the entry of `STORAGES` for pictures: files here, or a bucket at s3://bucket/folder?region_name=…"""
    if TESTING and not address:
        return {"BACKEND": "tests.storage.FilesInMemory"}
    if not address:
        return {"BACKEND": "wiki.images.storage.WholeFiles", "OPTIONS": {"location": MEDIA_ROOT}}
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("CAUSEWAY_STORAGE must read s3://bucket/folder?region_name=eu-central-1.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(
            "CAUSEWAY_STORAGE needs a package that is not installed: pip install 'django-storages[s3]'."
        )
    options = {"bucket_name": parts.hostname, "location": parts.path.strip("/"), "file_overwrite": False}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options | dict(parse_qsl(parts.query))}


# Pictures. They are never served from here by a web server: who may see one is asked each time.
MEDIA_ROOT = env("CAUSEWAY_MEDIA") or str(VAR / "media")
# The locks by which the workers of a machine decode one picture at a time.
DECODING_LOCKS = VAR / "decoding"
STORAGES = {
    "default": storage_at(env("CAUSEWAY_STORAGE")),
    "staticfiles": {"BACKEND": AS_THEY_LIE if DEBUG or TESTING else NAMED_BY_CONTENT},
}
# While developing and in tests a file is looked up when it is asked for, not all of them at every start.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG or TESTING

# --- Cache: counts of attempts, nothing that could not be lost --------------------------------------------

CACHE_URL = env("CAUSEWAY_CACHE_URL")


def cache_called(name: str, prefix: str = "") -> dict[str, Any]:
    """Return a cache that every worker sees, else limits grow with the workers: files do for one machine."""
    backends, kept = "django.core.cache.backends", {"MAX_ENTRIES": 20_000}
    if CACHE_URL:
        return {"BACKEND": f"{backends}.redis.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": prefix}
    if TESTING:
        return {"BACKEND": f"{backends}.locmem.LocMemCache", "LOCATION": prefix}
    return {"BACKEND": f"{backends}.filebased.FileBasedCache", "LOCATION": str(VAR / name), "OPTIONS": kept}


CACHES = {"default": cache_called("cache"), "api": cache_called("cache-api", "api")}

# --- Safety -----------------------------------------------------------------------------------------------

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wiki.views.unsaved_work.csrf_failure"
SESSION_ENGINE = "wiki.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Tests talk plain http to the wiki, like the demo on a laptop.
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # A browser takes these names only over https, for this host alone and the whole of it.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = envint("CAUSEWAY_HSTS_SECONDS", 365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = envbool("CAUSEWAY_HSTS_PRELOAD", default=True)
    if PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- People -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "wiki.User"
AUTHENTICATION_BACKENDS = ["wiki.views.access.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"wiki.policy.passwords.{rule}"}
    for rule in ("UnlikeThePerson", "LongEnough", "UnlikeOthers", "NotOnlyDigits")
]
if TESTING:
    # The real one takes a third of a second on purpose.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "wiki.views.people.accounts.Adapter"
ACCOUNT_FORMS = {
    "signup": "wiki.forms.people.accounts.SignUp",
    "login": "wiki.forms.people.accounts.SignIn",
    "add_email": "wiki.forms.people.signing_in.AddEmail",
    "change_password": "wiki.forms.people.signing_in.ChangePassword",
    "reset_password": "wiki.forms.people.signing_in.ResetPassword",
    "reset_password_from_key": "wiki.forms.people.signing_in.ResetPasswordKey",
    "reauthenticate": "wiki.forms.people.signing_in.Reauthenticate",
}
ACCOUNT_USERNAME_VALIDATORS = "wiki.forms.people.accounts.USERNAME_VALIDATORS"
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEBUG or DEMO else "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Causeway] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "signup": "10/h/ip", "report": "5/h/ip,30/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
# Whether anybody may open an account; else an administrator invites people.
SIGN_UP = envbool("CAUSEWAY_SIGN_UP", default=True)
# Whoever may review or administer signs in with a second step; the demo has passwords that all know.
MFA_REQUIRED = PRODUCTION
MFA_ALLOW_UNVERIFIED_EMAIL = DEBUG or DEMO
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Causeway"
MFA_FORMS = {"add_webauthn": "wiki.forms.people.signing_in.AddPasskey"}
# Passkeys on a laptop, where the address is plain http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# --- Writing ----------------------------------------------------------------------------------------------

# Of django-markdownx we use the field, the widget and the script. Its own views are open to anyone, so
# `markdownx.urls` stays out (a check holds that) and its script asks our preview instead.
MARKDOWNX_MARKDOWNIFY_FUNCTION = "wiki.text.markdown.html.render"
MARKDOWNX_URLS_PATH = "/preview/"
MARKDOWNX_EDITOR_RESIZABLE = False  # it scrolls, and the preview beside it follows
MARKDOWNX_UPLOAD_URLS_PATH = "/upload/"

# --- Reviewing --------------------------------------------------------------------------------------------

# Whether approving asks for a registration that an administrator has verified and that holds on the day. A
# wiki that does without says so to everybody on the page "How we review".
REGISTRATION_REQUIRED = envbool("CAUSEWAY_REGISTRATION_REQUIRED", default=True)

# Which share of verdicts is drawn to be given to a second reviewer, who is not told of the first. Tests that
# are about something else draw none.
SECOND_READS = envshare("CAUSEWAY_SECOND_READS", 0 if TESTING else 0.05)

# --- Email ------------------------------------------------------------------------------------------------

# Letters are kept until they are sent. With `worker`, `manage.py db_worker` sends them; else whoever did what
# they tell of waits for the mail server. Either way `manage.py run_jobs` sends what was left.
TASKS_BY = env("CAUSEWAY_TASKS", "immediate")
TASK_BACKENDS = {
    "immediate": "django.tasks.backends.immediate.ImmediateBackend",
    "worker": "django_tasks_db.DatabaseBackend",
}
if TASKS_BY not in TASK_BACKENDS:
    raise ImproperlyConfigured("CAUSEWAY_TASKS must be immediate or worker.")
TASKS = {"default": {"BACKEND": TASK_BACKENDS[TASKS_BY]}}
# Where one can also write to hear no more, for mail programs that do not follow links.
UNSUBSCRIBE_EMAIL = env("CAUSEWAY_UNSUBSCRIBE_EMAIL")
# Where somebody tells of a hole in the wiki: an address or a page, as security.txt (RFC 9116) has it.
SECURITY_CONTACT = env("CAUSEWAY_SECURITY_CONTACT")
MAILERS = {"default": mailer_at(env("CAUSEWAY_SMTP_URL"))}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("CAUSEWAY_EMAIL_FROM", "Causeway <causeway@localhost>")

# --- Log: to stderr, for whoever runs this to keep --------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("CAUSEWAY_LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
