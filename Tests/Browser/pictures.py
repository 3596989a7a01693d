"""Pictures of every page: for looking at, and for the README."""
from browser_case import Surroundings
from places import SCHEMES, WIDTHS, places


def take_pictures(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, path, person, _ in places(Surroundings.blog):
        for scheme in SCHEMES:
            for width in WIDTHS:
                visitor = Surroundings.visitor(person, width=width, scheme=scheme)
                visitor.open(path)
                visitor.page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                visitor.close()
