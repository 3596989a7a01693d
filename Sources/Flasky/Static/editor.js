// The Markdown editor: shows what the server makes of the text while somebody writes it. The preview never changes its
// height, and a server that cannot be reached costs nothing but the preview.
(function () {
    "use strict";

    const address = document.currentScript.dataset.preview;
    const pause = 250;

    // To the login page, or because of a token that is over: what is sent now would meet the same.
    function isRefusal(response) {
        return response.type === "opaqueredirect" || [400, 401, 403].includes(response.status);
    }

    class Editor {
        constructor(text, preview) {
            this.text = text;
            this.preview = preview;
            this.problem = document.createElement("p");
            this.shown = null;
            this.timer = 0;
            this.request = null;
            this.describe();
            this.text.addEventListener("input", () => this.later());
            this.text.addEventListener("keydown", (event) => this.key(event));
            // Whatever failed while there was no network is tried again.
            window.addEventListener("online", () => this.update());
            this.update();
        }

        describe() {
            this.preview.setAttribute("role", "region");
            this.preview.setAttribute("aria-label", "Preview");
            // Something that scrolls can be reached by the keyboard.
            this.preview.tabIndex = 0;
            this.problem.className = "flask-pagedown-problem";
            this.problem.setAttribute("role", "status");
            this.preview.after(this.problem);
        }

        key(event) {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) { return; }
            event.preventDefault();
            this.text.form.requestSubmit(this.text.form.querySelector("[type=submit]"));
        }

        later() {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.update(), pause);
        }

        async update() {
            const body = this.text.value;
            if (this.request) { this.request.abort(); }
            if (body === this.shown) { return; }
            if (!body.trim()) { return this.show(body, ""); }
            const request = new AbortController();
            this.request = request;
            try {
                this.show(body, await this.render(body, request.signal));
            } catch (error) {
                if (!request.signal.aborted) { this.complain(error.message); }
            }
        }

        async render(body, signal) {
            const token = this.text.form.elements.csrf_token;
            const response = await fetch(address, {
                method: "POST",
                body: new URLSearchParams({ body }),
                headers: token ? { "X-CSRFToken": token.value } : {},
                // Whoever is no longer logged in would be led to another page.
                redirect: "manual",
                signal,
            }).catch((error) => {
                if (signal.aborted) { throw error; }
                throw new Error("The server cannot be reached. Your text is kept here.");
            });
            if (response.ok) { return response.text(); }
            throw new Error(
                isRefusal(response)
                    ? "You are not logged in any more, or this page is too old: copy your text before you send it."
                    : "There is no preview at the moment.");
        }

        show(body, html) {
            this.shown = body;
            this.problem.textContent = "";
            this.preview.innerHTML = html;
        }

        // The last preview stays; the sentence lies over its lower edge, so that nothing moves.
        complain(sentence) {
            this.shown = null;
            this.problem.textContent = sentence;
        }
    }

    document.querySelectorAll(".flask-pagedown-input").forEach((text) => {
        new Editor(text, document.getElementById(text.id + "-preview"));
    });
})();
