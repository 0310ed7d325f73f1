"""The system's Chromium, driven by the tests: no download, no third parties, script errors fail the test."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

#: The shell without windows draws the same pages with less than half of the processor's time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Root has no sandbox, and in a closed network Chromium must not look for updates.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Only this machine resolves. Blocking by routes instead would disable the browser's cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
HERE = {"localhost", "127.0.0.1", "testserver"}
#: How many times slower Chromium's processor is made: ``ABIERTO_BROWSER_SLOWDOWN=4 python3 run.py test ...``
SLOWDOWN = float(os.environ.get("ABIERTO_BROWSER_SLOWDOWN", "1"))
#: The longest wait for an event. It costs time only when the event never comes.
PATIENCE_MS = 30_000 * SLOWDOWN
expect.set_options(timeout=PATIENCE_MS)

#: Errors of Wagtail's scripts that neither show nor lose anything. The focus trap of a comment waits until
#: the comment is visible, and its promise is rejected when an autosave has replaced the comment meanwhile.
FAULTS_OF_WAGTAIL = ("Your focus-trap must have at least one container",)

#: As wide as Verdana; ``run.py`` installs it for the tests.
WIDEST_FONT = "'DejaVu Sans'"
#: Wagtail's forms detect no change before their last initial copy: see ``wait_for_watching_form``. The
#: controller connects twice, the second time when w-init has left; each connection before the first copy
#: takes a copy of its own.
NOTE_WATCHING_FORMS = """
let copiesToCome = 0;
let copied = false;
document.addEventListener("w-unsaved:ready", () => { copiesToCome += copied ? 0 : 1; });
document.addEventListener("w-unsaved:watch-edits", () => {
  copied = true;
  copiesToCome -= 1;
  window.formIsWatched = copiesToCome <= 0;
});
"""
#: No animation of the page will still change what it shows.
IS_STILL = """() => document.getAnimations().every(
  animation => animation.playState !== "running" || animation.effect.getComputedTiming().endTime === Infinity
)"""


def find_chromium() -> str | None:
    """Return the path of the executable, or None when it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def running_chromium(program: str) -> Iterator[Browser]:
    """Start Chromium for a whole test run.

    Playwright runs an event loop in this thread, in which Django would refuse to use the database.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def add_style(page: Page, text: str) -> None:
    """Add CSS rules to the open page; its content policy allows no other style."""
    page.evaluate(
        "text => document.adoptedStyleSheets = [...document.adoptedStyleSheets, new CSSStyleSheet()]"
        ".map((sheet, number, all) => (number + 1 === all.length && sheet.replaceSync(text), sheet))",
        text,
    )


def use_widest_font(page: Page) -> None:
    """Show the open page with the widest fallback font of a system without the web font."""
    add_style(page, f"* {{ font-family: {WIDEST_FONT} !important }}")


def wait_for_watching_form(page: Page) -> None:
    """Wait until the autosave of Wagtail's editor watches the form."""
    page.wait_for_function("() => window.formIsWatched")


def find_violations(page: Page, axe: Axe, **options) -> list[str]:
    """Return rule, target and markup of each violation of WCAG on the open page, once nothing moves on it.

    A message that fades in has too little contrast until it is there.

    Args:
        options: options and context of axe.
    """
    page.wait_for_function(IS_STILL)
    found = axe.run(page, **options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]


class Visitors:
    """Open a window for each visitor and record requests to other hosts and script errors."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.contexts = []
        self.faults: list[str] = []

    def open(self, *, phone: bool = False, **options) -> Page:
        """Return a page of a new visitor with separate cookies."""
        viewport = PHONE if phone else DESKTOP
        # Without animations: a slow machine clicks where a moving button was.
        context = self.browser.new_context(
            base_url=self.base_url,
            locale="es-MX",
            **{"viewport": viewport, "reduced_motion": "reduce", **options},
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", self.block_other_hosts)
        context.add_init_script(NOTE_WATCHING_FORMS)
        self.contexts.append(context)
        page = context.new_page()
        if SLOWDOWN > 1:
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.on("pageerror", lambda error: self.record_error(page, f"{error.stack or error}"))
        page.on("console", lambda message: self.listen(page, message))
        return page

    def record_error(self, page: Page, error: str) -> None:
        """Record an error of a script, unless it is a known one of Wagtail."""
        if not any(known in error for known in FAULTS_OF_WAGTAIL):
            self.faults.append(f"{page.url}: {error}")

    def block_other_hosts(self, request: Request) -> None:
        """Block and record requests to other hosts."""
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname not in HERE:
            self.faults.append(f"pidió a un tercero: {request.url}")

    def listen(self, page: Page, message: ConsoleMessage) -> None:
        """Record the violations of the content policy."""
        if "Content Security Policy" in message.text:
            self.faults.append(f"{page.url}: {message.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
