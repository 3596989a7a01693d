"""Writing in the Markdown editor."""
from browser_case import BrowserCase
from content import post_of
from waiting import wait_until

EDITOR = "textarea[name=body]"
PREVIEW = ".flask-pagedown-preview"
PROBLEM = ".flask-pagedown-problem"


class WritingTests(BrowserCase):
    def test_preview(self):
        """a post shows what it will look like while it is written, and nothing moves"""
        visitor = self.visitor("writer")
        page = visitor.page
        visitor.open("/")
        before = page.locator(".nav-tabs").bounding_box()
        page.locator(EDITOR).press_sequentially("Some **strong** words <script>alert(1)</script>")
        page.locator(f"{PREVIEW} strong").wait_for()
        self.assertEqual(page.locator(f"{PREVIEW} script").count(), 0)
        self.assertEqual(page.locator(".nav-tabs").bounding_box(), before)
        page.locator(EDITOR).fill("")
        wait_until("the preview is empty", lambda: page.locator(PREVIEW).inner_html() == "")
        self.assertEqual(visitor.shifts(), [])

    def test_post(self):
        """Ctrl+Enter sends a post; it stands first, and its author can edit it"""
        visitor = self.visitor("writer")
        page = visitor.page
        visitor.open("/")
        page.locator(EDITOR).fill("# News\n\nfrom the *writer*")
        with page.expect_navigation():
            page.locator(EDITOR).press("Control+Enter")
        first = page.locator(".post").first
        first.get_by_role("heading", name="News").wait_for()
        self.assertEqual(first.locator(".post-body em").inner_text(), "writer")
        visitor.follow("Edit", first)
        self.assertEqual(visitor.heading(), "Edit Post")
        page.locator(f"{PREVIEW} h1").wait_for()
        page.locator(EDITOR).fill("# Other news")
        visitor.press("Submit")
        self.assertEqual(visitor.messages(), ["The post has been updated."])
        self.assertEqual(page.locator(".post-body").inner_text().strip(), "Other news")
        self.assertTrue(page.url.endswith(f"/post/{post_of(self.blog, 'writer')}"))

    def test_offline(self):
        """without a network the text stays, a sentence says so, and the preview comes back with the network"""
        visitor = self.visitor("writer")
        page = visitor.page
        visitor.open("/")
        page.locator(EDITOR).press_sequentially("first")
        page.locator(f"{PREVIEW} p").wait_for()
        before = page.locator(".nav-tabs").bounding_box()
        visitor.context.set_offline(True)
        page.locator(EDITOR).press_sequentially(" *second*")
        page.locator(PROBLEM).get_by_text("cannot be reached").wait_for()
        self.assertEqual(page.locator(PREVIEW).inner_text().strip(), "first")
        self.assertEqual(page.locator(EDITOR).input_value(), "first *second*")
        self.assertEqual(page.locator(".nav-tabs").bounding_box(), before)
        visitor.context.set_offline(False)
        page.locator(f"{PREVIEW} em").wait_for()
        self.assertFalse(page.locator(PROBLEM).is_visible())

    def test_logged_out(self):
        """whoever was logged out meanwhile is told before the text is lost"""
        visitor = self.visitor("writer")
        page = visitor.page
        visitor.open("/")
        visitor.context.clear_cookies()
        page.locator(EDITOR).press_sequentially("words")
        page.locator(PROBLEM).get_by_text("copy your text").wait_for()

    def test_without_scripts(self):
        """without scripts there is a field to write in, and no empty box beside it"""
        visitor = self.visitor("editor", scripts=False)
        page = visitor.page
        visitor.open("/")
        self.assertFalse(page.locator(PREVIEW).is_visible())
        page.locator(EDITOR).fill("plain words")
        visitor.press("Submit")
        self.assertEqual(page.locator(".post-body").first.inner_text().strip(), "plain words")
