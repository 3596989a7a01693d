"""How every page looks and behaves: on a phone, a tablet and a desk, in light and dark."""
from axe_playwright_python.sync_playwright import Axe

from browser_case import BrowserCase
from places import SCHEMES, places
from waiting import wait_until

# What axe checks besides WCAG's levels A and AA: its own advice on landmarks, headings and the like.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# Each width, and both sets of colours.
LOOKS = ((390, "dark"), (768, "light"), (1280, "light"))


class AppearanceTests(BrowserCase):
    def test_pages(self):
        """every page fits its window, stands still, and has nothing that axe finds wrong, contrast included"""
        for name, path, person, status in places(self.blog):
            for width, scheme in LOOKS:
                with self.subTest(page=name, width=width), self.window(person, width=width, scheme=scheme) as visitor:
                    self.assertEqual(visitor.open(path), status)
                    # The preview of a text that is edited.
                    visitor.page.wait_for_load_state("networkidle")
                    self.assertEqual(self.too_wide(visitor), [])
                    self.assertLess(sum(shift["value"] for shift in visitor.shifts()), 0.001, visitor.shifts())
                    self.assertEqual(self.violations(visitor), [])
                    self.assertEqual(visitor.page.locator("html").get_attribute("lang"), "en")
                    self.assertTrue(visitor.page.title().startswith("Flasky"), visitor.page.title())

    def test_dark(self):
        """whoever prefers the dark gets dark pages"""
        grounds = {}
        for scheme in SCHEMES:
            visitor = self.visitor(scheme=scheme)
            visitor.open("/")
            grounds[scheme] = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertGreater(self.light(grounds["light"]), 0.9)
        self.assertLess(self.light(grounds["dark"]), 0.15)

    def test_policy(self):
        """a script inside a page would be refused, and these tests would notice"""
        visitor = self.visitor()
        answer = visitor.page.goto("/")
        policies = [each for each in answer.headers_array() if each["name"].lower() == "content-security-policy"]
        self.assertEqual(len(policies), 1, policies)
        visitor.page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }))")
        self.assertIsNone(visitor.page.evaluate("window.ran"))
        noticed = visitor.complaints.copy()
        visitor.complaints.clear()
        self.assertTrue(noticed)
        for complaint in noticed:
            self.assertIn("Content Security Policy", complaint)

    def test_watch(self):
        """what moves by itself, and what is hard to read, would be noticed"""
        visitor = self.visitor()
        visitor.open("/")
        self.assertEqual(visitor.shifts() + self.violations(visitor), [])
        visitor.page.evaluate(
            """() => {
                 const box = document.createElement("p");
                 box.textContent = "in the way";
                 box.style.color = getComputedStyle(document.documentElement).getPropertyValue("--line");
                 document.querySelector("main").prepend(box);
               }""")
        wait_until("the shift is seen", visitor.shifts)
        self.assertIn("color-contrast", "".join(self.violations(visitor)))

    def test_quick(self):
        """a page asks for seven files at most, each under an address that changes with its content"""
        visitor = self.visitor("reader")
        loaded = []
        visitor.page.on("response", lambda answer: loaded.append(answer.url))
        visitor.open("/")
        files = [url for url in loaded if "/static/" in url]
        self.assertTrue(0 < len(files) <= 7, files)
        self.assertEqual([url for url in files if "?v=" not in url], [])

    @staticmethod
    def too_wide(visitor):
        """What sticks out of the window, if the page can be scrolled sideways."""
        return visitor.page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
                 [...document.querySelectorAll("body *")]
                   .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
                   .map((element) => element.tagName + "." + element.className)""")

    @staticmethod
    def violations(visitor):
        results = Axe().run(visitor.page, options=AXE)
        return [
            f"{violation['id']}: {node['html']} ({node['failureSummary']})"
            for violation in results.response["violations"] for node in violation["nodes"]
        ]

    @staticmethod
    def light(colour):
        """How light a colour like rgb(1, 2, 3) is, from 0 to 1."""
        numbers = [float(word) for word in colour.strip("rgba()").split(",")[:3]]
        return sum(numbers) / 765
