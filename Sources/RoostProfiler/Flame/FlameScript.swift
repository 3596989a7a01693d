/// What a flame graph does in a browser: it zooms on a click and back on Escape, searches while one types, and shows
/// the whole text of the box under the pointer at the bottom.
enum FlameScript {
    static let text = """
        "use strict";
        const boxes = [...document.querySelectorAll(".b")].map(g => ({
            g, rect: g.querySelector("rect"), text: g.querySelector("text"), name: g.dataset.n, time: g.dataset.t,
            left: +g.dataset.l, width: +g.dataset.w, row: +g.dataset.r
        }));
        const detail = document.getElementById("detail");
        const search = document.getElementById("search");

        // The same as in the picture: the name, and the time if there is room, or as much of the name as there is.
        function label(box, width) {
            const room = Math.floor((width - 8) / LETTER);
            if (room < 3) return "";
            if (box.name.length + 2 + box.time.length <= room) return box.name + "\\u00a0 " + box.time;
            return box.name.length <= room ? box.name : box.name.slice(0, room - 1) + "\\u2026";
        }

        function place(box, left, width) {
            box.rect.setAttribute("x", left);
            box.rect.setAttribute("width", Math.max(0.3, width - 0.6));
            box.text.setAttribute("x", left + 4);
            box.text.textContent = label(box, width);
        }

        // The chosen box takes the whole width, and so do those it is called by.
        function zoom(to) {
            const end = to.left + to.width, slack = 1e-6;
            for (const box of boxes) {
                const boxEnd = box.left + box.width;
                const isAbove = box.row < to.row && box.left <= to.left + slack && boxEnd >= end - slack;
                const isInside = box.row >= to.row && box.left >= to.left - slack && boxEnd <= end + slack;
                box.g.classList.toggle("gone", !isAbove && !isInside);
                box.g.classList.toggle("dim", isAbove);
                if (isAbove) place(box, 0, WIDTH);
                if (isInside) place(box, (box.left - to.left) / to.width * WIDTH, box.width / to.width * WIDTH);
            }
        }

        for (const box of boxes) {
            box.g.addEventListener("click", () => zoom(box));
            box.g.addEventListener("mouseenter", () => {
                detail.textContent = box.g.querySelector("title").textContent;
            });
        }
        document.getElementById("reset").addEventListener("click", () => zoom(boxes[0]));
        document.addEventListener("keydown", event => { if (event.key === "Escape") zoom(boxes[0]); });
        search.addEventListener("input", () => {
            const wanted = search.value.toLowerCase();
            for (const box of boxes) {
                const isHit = wanted !== "" && box.name.toLowerCase().includes(wanted);
                box.g.classList.toggle("hit", isHit);
                box.g.classList.toggle("miss", wanted !== "" && !isHit);
            }
        });

        """
}
