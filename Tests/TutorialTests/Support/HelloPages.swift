/// The templates and files of the tutorial's application, in the article's words.
enum HelloPages {
    static let base = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <title>{% block title %}Hello{% endblock %}</title>
            <link rel="stylesheet" href="{{ url_for('static', filename='hello.css') }}">
        </head>
        <body>
        {% block content %}{% endblock %}
        </body>
        </html>
        """

    static let user = """
        {% extends "base.html" %}
        {% block title %}{{ name }}{% endblock %}
        {% block content %}<h1>Hello, {{ name }}!</h1>{% endblock %}
        """

    static let notFound = """
        {% extends "base.html" %}
        {% block content %}<h1>Nothing is called {{ request.path }}</h1>{% endblock %}
        """

    /// The home page with the form, in the third step and after.
    static let form = """
        {% extends "base.html" %}
        {% import "bootstrap/wtf.html" as wtf %}
        {% block content %}
        {% for message in get_flashed_messages() %}<p class="note">{{ message }}</p>{% endfor %}
        <h1>Hello, {{ session.name or "Stranger" }}!</h1>
        {{ wtf.quick_form(form) }}
        {% endblock %}
        """

    /// What the second and later steps share.
    static let files = [
        "templates/base.html": base, "templates/user.html": user, "templates/404.html": notFound,
        "templates/500.html": #"{% extends "base.html" %}{% block content %}<h1>Our mistake</h1>{% endblock %}"#,
        "static/hello.css": "h1 { color: teal }\n",
    ]

    /// The folder of the third step and after.
    static func folder(_ more: [String: String] = [:]) throws -> HelloFolder {
        try HelloFolder(files.merging(["templates/index.html": form]) { $1 }.merging(more) { $1 })
    }
}
