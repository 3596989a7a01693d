// Small comforts: every page works without them.
(function () {
    "use strict";

    // Messages can be put away.
    document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-dismiss=alert]");
        if (button) { button.closest(".alert").remove(); }
    });

    // What scrolls sideways can be reached by the keyboard.
    document.querySelectorAll("pre").forEach((code) => {
        if (code.scrollWidth > code.clientWidth) { code.tabIndex = 0; }
    });

    // What is wrong with a field is read out with it, and the first such field has the keyboard.
    document.querySelectorAll(".has-error").forEach((group) => {
        const field = group.querySelector("input, select, textarea");
        const problems = [...group.querySelectorAll(".help-block")];
        problems.forEach((problem, index) => { problem.id = field.id + "-problem-" + index; });
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", problems.map((problem) => problem.id).join(" "));
    });
    const wrong = document.querySelector("[aria-invalid=true]");
    if (wrong) { wrong.focus(); }

    // An open menu closes with Escape, with a click elsewhere, and when the keyboard has left it.
    document.querySelectorAll("details.dropdown").forEach((menu) => {
        menu.addEventListener("keydown", (event) => {
            if (event.key !== "Escape" || !menu.open) { return; }
            menu.open = false;
            menu.querySelector("summary").focus();
        });
        menu.addEventListener("focusout", (event) => {
            if (event.relatedTarget && !menu.contains(event.relatedTarget)) { menu.open = false; }
        });
        document.addEventListener("click", (event) => {
            if (!menu.contains(event.target)) { menu.open = false; }
        });
    });
})();
