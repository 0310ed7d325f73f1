"""Settings shared by every environment."""

from django.conf import global_settings
from django.conf.locale.es_MX import formats as spanish  # type: ignore[import-untyped]
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from abierto.formats import input_formats

from . import environment, languages
from .environment import DATA, ROOT

# --- Applications --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Before Wagtail's apps: form fields and permission policies must be registered before Wagtail builds its
    # forms and viewsets.
    "abierto.form_fields",
    "abierto.language",
    "abierto.word_lists",
    "abierto.jobs",
    "abierto.accounts",
    "abierto.registry",
    "abierto.tenancy",
    "abierto.media",
    "abierto.privacy",
    "abierto.approval",
    "blocks",
    "pages",
    "abierto.spaces",
    "abierto.deadlines",
    "abierto.acts",
    "abierto.microsite_copies",
    "abierto.delegation",
    "abierto.guest_links",
    "abierto.redactions",
    "abierto.translations",
    "abierto.bundles",
    "abierto.imports",
    "abierto.retention",
    "abierto.ruling_desk",
    "abierto.dashboard",
    "abierto.board",
    "abierto.opendata",
    "abierto.harvest",
    "search",
    "abierto.operations",
    "abierto.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "abierto.accounts.wagtail_users.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "django_filters",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # First, so that every response is measured and has an id, and health checks depend on nothing else.
    "abierto.operations.middleware.record_requests",
    "abierto.operations.health.answer_health",
    # Before the others: a cached page includes the headers that they set.
    "pages.core.page_cache.cache_public_pages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "abierto.operations.middleware.content_security_policy",
    # Before all database queries, and after the cached pages, which are sent even to late requests.
    "abierto.bad_requests.outages.refuse_late_requests",
    "abierto.bad_requests.middleware.drop_unreadable_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "abierto.tenancy.current_user.CurrentVisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "abierto.accounts.middleware.require_second_factor",
    "abierto.accounts.form_recovery.FormRecoveryMiddleware",
    # Before IsolationMiddleware, which reads ids from the input; after Django's CSRF check.
    "abierto.bad_requests.middleware.UnreadableInputMiddleware",
    "abierto.tenancy.isolation.middleware.IsolationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "abierto.approval.overrides.withdrawal_reasons.WithdrawalReasonMiddleware",
    "abierto.approval.middleware.RefusalMiddleware",
    "abierto.approval.middleware.SerializedWritesMiddleware",
    "pages.core.redirects.OpenRedirectMiddleware",
]

ROOT_URLCONF = "abierto.urls"
WSGI_APPLICATION = "abierto.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"portal": "abierto.portal"},
        },
    }
]
FORM_RENDERER = "abierto.form_fields.labels.TranslatingRenderer"

# --- Data ----------------------------------------------------------------------------------------------

ABIERTO_DATA = DATA
ABIERTO_INDEX_DIR = DATA / "index"
# «process»: the worker reads documents after the commit that stores them; «inline» is for tests.
ABIERTO_FILE_READER = "process"

# Search engine: embedded, or Elasticsearch with the embedded index as fallback.
ABIERTO_ELASTICSEARCH_URLS = environment.items("ELASTICSEARCH_URL")
ABIERTO_ELASTICSEARCH_INDEX = environment.text("ABIERTO_ELASTICSEARCH_INDEX", "abierto")
# Days after which the originals of the redaction helper are deleted.
ABIERTO_REDACTION_DAYS = environment.number("ABIERTO_REDACTION_DAYS", 90)
# Days after which a deletion is proposed, by the kinds of ``abierto.retention``; 0: never.
ABIERTO_RETENTION_DAYS = {
    "redactions": ABIERTO_REDACTION_DAYS,
    "guest_links": environment.number("ABIERTO_GUEST_LINK_DAYS", 730),
    "drafts": environment.number("ABIERTO_DRAFT_DAYS", 730),
}
# Virus scanner of uploads (abierto.scanning): its address, and whether uploads are refused while it is down.
ABIERTO_CLAMD = environment.text("ABIERTO_CLAMD")
ABIERTO_CLAMD_REQUIRED = environment.text("ABIERTO_CLAMD_REQUIRED", "1") != "0"
# Backups (abierto.operations.backups): folder, public key of age, off-site command, days and weeks to retain.
ABIERTO_BACKUP_DIR = environment.text("ABIERTO_BACKUP_DIR")
ABIERTO_BACKUP_RECIPIENT = environment.text("ABIERTO_BACKUP_RECIPIENT")
ABIERTO_BACKUP_COMMAND = environment.text("ABIERTO_BACKUP_COMMAND").split()
ABIERTO_BACKUP_DAYS = environment.number("ABIERTO_BACKUP_DAYS", 14)
ABIERTO_BACKUP_WEEKS = environment.number("ABIERTO_BACKUP_WEEKS", 8)
ABIERTO_SEARCH_ENGINE = "elasticsearch" if ABIERTO_ELASTICSEARCH_URLS else "embedded"

# Class that reorders the first results with a model (search/query/reranking.py); empty: none.
ABIERTO_SEARCH_RERANKER = environment.text("ABIERTO_SEARCH_RERANKER", "")

# Requests to the API that one address may send in a minute; 0: no limit.
ABIERTO_API_REQUESTS = environment.number("ABIERTO_API_REQUESTS", 240)

# Passages from which a query of three words must find two of them in a page (docs/scale.md).
ABIERTO_SEARCH_MINIMUM_FROM = 200_000

# Seconds to cache rendered public pages per process, until a public change; 0 disables the cache.
ABIERTO_PAGE_CACHE_SECONDS = 60
CACHES = {
    "default": {"BACKEND": "abierto.accounts.cache.SharedAttemptsCache"},
    # Login attempts, shared by all processes. Large, because an attacker could fill the cache to evict the
    # entries and try again.
    "attempts": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempt",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "public_pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "public-pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

DATABASES = {"default": environment.database()}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Wagtail's search index uses PostgreSQL fields there.
    INSTALLED_APPS += ["django.contrib.postgres"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Wagtail's tasks run immediately, in the transaction of the page; the portal's own wait for the worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]},
}

# --- Accounts: no registration, one login page, second factor for reviewers and administrators -----------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "account_login"
# Users change their own password where attempts are limited; the state team edits mail addresses.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("ABIERTO_TRUSTED_PROXIES", 0)
ACCOUNT_ADAPTER = "abierto.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# allauth's backend uses copies of addresses, which would still sign in after a change of address.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "abierto.accounts.adapter.ActiveAccountTokens"  # noqa: S105
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# In addition to allauth's own limits, which the adapter counts by account and address: wrong passwords of
# private pages by address, and of one account from all addresses.
ACCOUNT_RATE_LIMITS = {"private_page": "5/5m/key", "login_account": "30/h/key"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "abierto.accounts.forms.SignInForm",
    "reauthenticate": "abierto.accounts.forms.PasswordForm",
    "change_password": "abierto.accounts.forms.ChangePasswordForm",
    "reset_password": "abierto.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "abierto.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "abierto.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Keys that encrypt the secrets of second factors; by default the secret key of the portal.
ABIERTO_SECOND_FACTOR_KEYS = environment.items("ABIERTO_SECOND_FACTOR_KEYS")
MFA_TOTP_ISSUER = environment.text("ABIERTO_TOTP_ISSUER", "Abierto")
# Mail addresses are not verified: the state team enters them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "authenticate": "abierto.accounts.forms.CodeForm",
    "reauthenticate": "abierto.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "abierto.accounts.forms.ActivateCodeForm",
    "add_webauthn": "abierto.accounts.forms.NewKeyForm",
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

MAILERS = environment.mailers(environment.text("ABIERTO_EMAIL_URL", "file:"))

# --- Languages -----------------------------------------------------------------------------------------

LANGUAGE_CODE = languages.SOURCE
CONFIGURED_LANGUAGES = languages.read_languages(environment.items("ABIERTO_LANGUAGES", "es,en"))
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(one.code, one.label) for one in CONFIGURED_LANGUAGES]
LANGUAGES_BIDI = languages.register(CONFIGURED_LANGUAGES, global_settings.LANGUAGES_BIDI)
# The second folder is for catalogues of the installation: <language>/LC_MESSAGES/django.mo.
LOCALE_PATHS = [ROOT / "locale", DATA / "locale"]
# Languages of content only: the texts of the screens are in Spanish there.
ABIERTO_CONTENT_ONLY_LANGUAGES = languages.without_catalogue(CONFIGURED_LANGUAGES, LOCALE_PATHS)
TIME_ZONE = "America/Mexico_City"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
# Dates are read day first in every language.
FORMAT_MODULE_PATH = ["abierto.formats"]
DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS = (
    input_formats.DATE_INPUT_FORMATS,
    input_formats.DATETIME_INPUT_FORMATS,
)
# Fallback for a language without formats in Django: those of Spanish, like the texts.
DATE_FORMAT, YEAR_MONTH_FORMAT = spanish.DATE_FORMAT, spanish.YEAR_MONTH_FORMAT
DATETIME_FORMAT, TIME_FORMAT = spanish.DATETIME_FORMAT, spanish.TIME_FORMAT
SHORT_DATE_FORMAT, SHORT_DATETIME_FORMAT = spanish.SHORT_DATE_FORMAT, spanish.SHORT_DATETIME_FORMAT
MONTH_DAY_FORMAT, FIRST_DAY_OF_WEEK = spanish.MONTH_DAY_FORMAT, spanish.FIRST_DAY_OF_WEEK
THOUSAND_SEPARATOR, NUMBER_GROUPING = spanish.THOUSAND_SEPARATOR, spanish.NUMBER_GROUPING

# --- Files ---------------------------------------------------------------------------------------------

STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
MEDIA_ROOT = DATA / "media" / "public"
MEDIA_URL = "/media/"
STORAGES = {
    # Image renditions only; originals and documents have no address.
    **environment.media_storages(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# A report has every action of a plan as a row of an inline formset.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# The folder of a batch of rulings, one file for each (``ruling_desk``).
DATA_UPLOAD_MAX_NUMBER_FILES = 510

# --- Logs to standard error, measurements --------------------------------------------------------------

# Milliseconds from which a query is logged as slow.
ABIERTO_SLOW_QUERY_MS = environment.number("ABIERTO_SLOW_QUERY_MS", 500)
# Addresses that get errors and slow queries by e-mail, once an hour at most.
ABIERTO_ALERTS_TO = environment.items("ABIERTO_ALERTS_TO")
# The token of /salud/metricas; without it, the address does not exist.
ABIERTO_METRICS_TOKEN = environment.text("ABIERTO_METRICS_TOKEN")
# The folder of the metrics of all gunicorn processes; prometheus-client reads the variable too.
ABIERTO_METRICS_FOLDER = environment.text("PROMETHEUS_MULTIPROC_DIR")

LINE_FORMATTER = {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": LINE_FORMATTER},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Two log lines for each task would scroll away the addresses and accounts that `run.py` prints.
    "loggers": {name: {"level": "WARNING"} for name in ("django.tasks", "django_tasks_db")},
}

# --- Content security policy: nothing inline, nothing external on public pages -------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
# Wagtail's admin has inline scripts and styles, and previews our pages in a frame.
ABIERTO_ADMIN_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "abierto.accounts.form_recovery.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- Wagtail -------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Abierto"
# Scheme and host of all absolute URLs in pages, data and e-mails (abierto.addresses).
WAGTAILADMIN_BASE_URL = environment.base_url(environment.text("ABIERTO_BASE_URL", "http://localhost:8000"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.sender(WAGTAILADMIN_BASE_URL)
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# With the code of the source language: there are no addresses below «/es/».
WAGTAILADMIN_PERMITTED_LANGUAGES = [(languages.SOURCE, _("Español")), ("en", _("English"))]
# Dates are shown in forms as they are typed.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
# Every form is in the portal's time zone.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = True
# Convert only exact addresses to internal links: Wagtail's confirmation shows the title of drafts.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"

# ``search.admin_index`` updates the admin's index after the commit: ``AUTO_UPDATE`` does it within the
# publishing transaction, which causes deadlocks on PostgreSQL.
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "search.admin_backend", "AUTO_UPDATE": False}
}

# Four eyes (abierto.approval)
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "abierto.approval.review.publication.publish_reviewed"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Files people upload (abierto.media)
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "abierto.media.forms.PortalImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "abierto.media.forms.PortalDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
