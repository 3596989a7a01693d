"""What people do with each other: follow, comment, moderate, find."""
from urllib.parse import parse_qs, urlsplit

from browser_case import BrowserCase
from content import post_of


class PeopleTests(BrowserCase):
    def test_follow(self):
        """somebody follows another, sees only the followed, and stops again"""
        visitor = self.visitor("star", width=390)
        page = visitor.page
        visitor.open("/user/reader")
        visitor.press("Follow")
        self.assertEqual(visitor.messages(), ["You are now following reader."])
        visitor.open("/")
        visitor.follow("Followed")
        self.assertEqual(set(page.locator(".post-author").all_inner_texts()), {"reader"})
        self.assertEqual(page.locator(".nav-tabs .active").inner_text(), "Followed")
        visitor.open("/followers/reader")
        visitor.follow("star", page.locator("table"))
        self.assertEqual(visitor.heading(), "star")
        visitor.open("/user/reader")
        visitor.press("Unfollow")
        self.assertEqual(visitor.messages(), ["You are not following reader anymore."])

    def test_comment(self):
        """a comment is written, disabled by a moderator, and enabled again"""
        post = post_of(self.blog, "reader")
        writer, guard, stranger = self.visitor("commenter"), self.visitor("guard"), self.visitor()
        writer.open(f"/post/{post}")
        writer.page.get_by_label("Enter your comment").fill("Something *rude*")
        writer.press("Submit")
        self.assertEqual(writer.messages(), ["Your comment has been published."])
        self.assertEqual(writer.page.locator(".comment-body em").last.inner_text(), "rude")

        self.press(guard, "Disable")
        stranger.open(f"/post/{post}")
        self.assertEqual(
            stranger.page.locator(".comment-body").last.inner_text().strip(),
            "This comment has been disabled by a moderator.")
        self.press(guard, "Enable")
        stranger.open(f"/post/{post}")
        self.assertEqual(stranger.page.locator(".comment-body").last.inner_text().strip(), "Something rude")

    @staticmethod
    def press(guard, button):
        """Presses the button of the newest comment."""
        guard.open("/")
        guard.follow("Moderate Comments")
        guard.press(button, guard.page.locator(".comment").first)

    def test_profile(self):
        """somebody tells about himself"""
        visitor = self.visitor("commenter")
        page = visitor.page
        visitor.open("/")
        visitor.follow("Profile")
        visitor.follow("Edit Profile")
        page.get_by_label("Real name").fill("Clara Commenter")
        page.get_by_label("Location").fill("Aix & Bath")
        page.get_by_label("About me").fill("I say <i>what</i> I think.")
        visitor.press("Submit")
        self.assertEqual(visitor.messages(), ["Your profile has been updated."])
        self.assertEqual(page.get_by_text("I say <i>what</i> I think.").count(), 1)
        query = urlsplit(page.get_by_role("link", name="Aix & Bath").get_attribute("href")).query
        self.assertEqual(parse_qs(query), {"q": ["Aix & Bath"]})

    def test_search(self):
        """the box in the bar finds posts"""
        visitor = self.visitor()
        page = visitor.page
        visitor.open("/")
        page.get_by_role("searchbox").fill("quotation")
        page.get_by_role("searchbox").press("Enter")
        page.wait_for_url("**/search?q=quotation*")
        self.assertEqual(page.get_by_role("searchbox").first.input_value(), "quotation")
        page.locator("main").get_by_role("link", name="reader").first.wait_for()
