"""What scripts add to pages, and what is left without them."""
import datetime

from browser_case import BrowserCase


class ComfortTests(BrowserCase):
    def test_times(self):
        """times are words that tick, and text that can be read where no script runs"""
        visitor = self.visitor()
        visitor.open("/user/reader")
        time = visitor.page.locator(".post .flask-moment").first
        written = datetime.datetime.fromisoformat(time.get_attribute("data-timestamp"))
        visitor.page.clock.install(time=written + datetime.timedelta(minutes=3))
        visitor.page.reload()
        self.assertEqual(time.inner_text(), "3 minutes ago")
        visitor.page.clock.fast_forward("02:00:00")
        self.assertEqual(time.inner_text(), "2 hours ago")
        self.assertRegex(visitor.page.locator(".profile .flask-moment").first.inner_text(), r"^\d\d/\d\d/\d{4}$")
        still = self.visitor(scripts=False)
        still.open("/user/reader")
        self.assertRegex(still.page.locator(".post .flask-moment").first.inner_text(), r"^\d{4}-\d\d-\d\dT[\d:]+Z$")

    def test_messages(self):
        """a message can be put away, by mouse and by keyboard"""
        visitor = self.visitor()
        visitor.open("/edit-profile")
        self.assertEqual(visitor.messages(), ["Please log in to access this page."])
        visitor.page.get_by_role("button", name="Close").press("Enter")
        self.assertEqual(visitor.messages(), [])

    def test_menu(self):
        """the menu opens and closes by keyboard, and closes when the mouse goes elsewhere"""
        visitor = self.visitor("reader")
        visitor.open("/")
        menu = visitor.page.locator("details.dropdown")
        entry = visitor.page.get_by_role("link", name="Change Password")
        visitor.page.locator("summary").press("Enter")
        self.assertTrue(entry.is_visible())
        visitor.page.keyboard.press("Tab")
        self.assertEqual(visitor.focused(), "Change Password")
        visitor.page.keyboard.press("Escape")
        self.assertFalse(entry.is_visible())
        self.assertIn("Account", visitor.focused())
        visitor.page.locator("summary").click()
        self.assertIsNotNone(menu.get_attribute("open"))
        visitor.page.locator("h1").first.click(position={"x": 5, "y": 5})
        self.assertIsNone(menu.get_attribute("open"))

    def test_menu_without_scripts(self):
        """without scripts the menu opens all the same, and somebody can log out"""
        visitor = self.visitor("follower", scripts=False)
        visitor.open("/")
        visitor.page.locator("summary").click()
        visitor.press("Log Out")
        self.assertEqual(visitor.messages(), ["You have been logged out."])
        visitor.page.get_by_role("link", name="Log In").wait_for()

    def test_skip(self):
        """the first stop of the keyboard leads past the bar"""
        visitor = self.visitor()
        visitor.open("/")
        visitor.page.keyboard.press("Tab")
        self.assertEqual(visitor.focused(), "Skip to the content")
        visitor.page.keyboard.press("Enter")
        self.assertEqual(visitor.page.evaluate("document.activeElement.id"), "content")
