"""Somebody in front of a browser, and a watch over what the browser complains about."""
from urllib.parse import urlsplit

from blog import PASSWORD

# Collected before any script of the page runs; a shift after somebody's own click or key does not count.
WATCH_SHIFTS = """
window.roostShifts = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) { continue; }
        const moved = entry.sources.map((source) => source.node && (source.node.className || source.node.nodeName));
        window.roostShifts.push({ value: entry.value, moved });
    }
}).observe({ type: "layout-shift", buffered: true });
"""


class Visitor:
    """A browser window with cookies of its own.

    complaints collects what nobody should see in the console: violations of the security policy, errors of scripts,
    files that are missing, and requests that leave the blog.
    """

    def __init__(self, browser, blog, width=1280, scheme="light", scripts=True, state=None):
        self.blog = blog
        self.scripts = scripts
        self.complaints = []
        self.context = browser.new_context(
            base_url=blog.url, viewport={"width": width, "height": 844 if width < 500 else 900}, color_scheme=scheme,
            java_script_enabled=scripts, storage_state=state, reduced_motion="reduce")
        self.context.set_default_timeout(10_000)
        if scripts:
            self.context.add_init_script(WATCH_SHIFTS)
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def close(self):
        self.context.close()

    # What is watched

    def _console(self, message):
        # Answers with a status are looked at in _response, where it is known what was asked for.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(self.blog.url).netloc:
            self.complaints.append(f"third party: {request.url}")

    def _response(self, response):
        # Pages may be missing or forbidden: tests ask for such. What pages need must be there.
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch"):
            self.complaints.append(f"{response.status}: {response.url}")

    # What is done

    def open(self, path):
        """Opens a page and waits until all of it has arrived and been painted; returns its status."""
        status = self.page.goto(path).status
        if self.scripts:
            self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return status

    def log_in(self, name, password=PASSWORD):
        self.open("/auth/login")
        self.page.get_by_label("Email").fill(f"{name.lower()}@example.com")
        self.page.get_by_label("Password").fill(password)
        self.press("Log In")
        self.page.locator("summary").wait_for()

    def press(self, name, within=None):
        """Presses a button that sends a form, and waits for the page that answers."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=name, exact=True).click()

    def follow(self, name, within=None):
        """Follows a link, and waits for the page it leads to."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name).first.click()

    def heading(self):
        """The page's own; posts may have headings, too."""
        return self.page.locator(".page-header h1").inner_text()

    def messages(self):
        """The texts of the messages at the top of the page."""
        return [text.replace("×", "").strip() for text in self.page.locator(".alert").all_inner_texts()]

    def shifts(self):
        """What has moved by itself since the page was opened."""
        return self.page.evaluate("window.roostShifts")

    def focused(self):
        """What has the keyboard: the visible text or the name of the element."""
        return self.page.evaluate(
            """() => {
                 const element = document.activeElement;
                 return (element.innerText || element.name || element.tagName).trim();
               }""")
