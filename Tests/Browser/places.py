"""Every page of the blog, and who looks at it."""
from content import number_of, post_of

WIDTHS = (390, 768, 1280)
SCHEMES = ("light", "dark")


def places(blog):
    """Name, path, who is logged in, and the status."""
    post = post_of(blog, "reader")
    return [
        ("home-stranger", "/", None, 200),
        ("home", "/", "reader", 200),
        ("home-moderator", "/?page=3", "chief", 200),
        ("profile", "/user/reader", "guard", 200),
        ("profile-own", "/user/reader", "reader", 200),
        ("profile-administrator", "/user/reader", "chief", 200),
        ("post-stranger", f"/post/{post}", None, 200),
        ("post", f"/post/{post}", "reader", 200),
        ("edit-post", f"/edit/{post}", "reader", 200),
        ("edit-profile", "/edit-profile", "reader", 200),
        ("edit-profile-administrator", f"/edit-profile/{number_of(blog, 'reader')}", "chief", 200),
        ("followers", "/followers/reader", None, 200),
        ("followed-by", "/followed_by/reader", "reader", 200),
        ("moderate", "/moderate", "guard", 200),
        ("login", "/auth/login", None, 200),
        ("register", "/auth/register", None, 200),
        ("reset-request", "/auth/reset", None, 200),
        ("reset", "/auth/reset/token", None, 200),
        ("unconfirmed", "/auth/unconfirmed", "newcomer", 200),
        ("change-password", "/auth/change-password", "reader", 200),
        ("change-email", "/auth/change_email", "reader", 200),
        ("search", "/search?q=quotation", None, 200),
        ("search-people", "/search?q=reader&type=users", "reader", 200),
        ("search-empty", "/search", None, 200),
        ("search-nothing", "/search?q=xyzzyxyzzy", "reader", 200),
        ("forbidden", "/moderate", "reader", 403),
        ("not-found", "/nowhere", None, 404),
    ]
