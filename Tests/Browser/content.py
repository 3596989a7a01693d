"""What is in the blog when the tests begin."""

TEXT = """# A heading

Some *emphasis*, `code`, and [a link](http://example.com).

- one
- two

> a quotation

    a line of code that is longer than any screen of a phone is wide, and then some more of it
"""
HTML = """<h1>A heading</h1>
<p>Some <em>emphasis</em>, <code>code</code>, and <a href="http://example.com" rel="nofollow">a link</a>.</p>
<ul>
<li>one</li>
<li>two</li>
</ul>
<blockquote>
<p>a quotation</p>
</blockquote>
<pre><code>a line of code that is longer than any screen of a phone is wide, and then some more of it
</code></pre>"""


def fill(blog):
    """Invented content, and people with known names: each test that changes something has people of its own."""
    blog.command(
        "fake", "--users", "30", "--posts", "120", "--comments", "300", "--follows", "120", "--seed", "7")
    for name in ("reader", "writer", "editor", "follower", "star", "commenter"):
        blog.add_person(name)
    blog.add_person("guard", role="Moderator")
    blog.add_person("chief", role="Administrator")
    blog.add_person("newcomer", confirmed=False)
    blog.database.sql(
        """
        UPDATE users SET name = 'Ada Reader', location = 'London, England', about_me = 'Reads everything.'
          WHERE username = 'reader';
        INSERT INTO posts (body, body_html, timestamp, author_id)
          SELECT :'text', :'html', now() AT TIME ZONE 'UTC' - interval '3 minutes', id FROM users
          WHERE username = 'reader';
        INSERT INTO comments (body, body_html, timestamp, disabled, author_id, post_id)
          SELECT 'A comment', 'A <em>comment</em>', now() AT TIME ZONE 'UTC' - interval '1 minute', number = 2,
            users.id, posts.id
          FROM posts JOIN users ON username IN ('reader', 'guard'), generate_series(1, 2) AS number
          WHERE posts.body = :'text';
        INSERT INTO follows SELECT one.id, other.id, now() AT TIME ZONE 'UTC' FROM users one, users other
          WHERE one.username IN ('guard', 'chief') AND other.username = 'reader';
        """, text=TEXT, html=HTML)


def post_of(blog, name):
    """The number of somebody's newest post."""
    rows = blog.database.sql(
        """SELECT max(posts.id) FROM posts JOIN users ON users.id = author_id WHERE username = :'name'""", name=name)
    return int(rows[0][0])


def number_of(blog, name):
    """Somebody's number."""
    return int(blog.database.sql("SELECT id FROM users WHERE username = :'name'", name=name)[0][0])
