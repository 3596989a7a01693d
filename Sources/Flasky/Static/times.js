// Writes the times on the page in words, and keeps them true. Every .flask-moment span holds its time as ISO text,
// which stays readable where this script does not run.
(function () {
    "use strict";

    // The steps and the words of moment.js: upper bound in seconds, seconds per unit, one, many.
    const steps = [
        [44.5, 1, "a few seconds", "a few seconds"],
        [44.5 * 60, 60, "a minute", "%d minutes"],
        [21.5 * 3600, 3600, "an hour", "%d hours"],
        [25.5 * 86400, 86400, "a day", "%d days"],
        [319.5 * 86400, 2629746, "a month", "%d months"],
        [Infinity, 31556952, "a year", "%d years"],
    ];

    function words(seconds) {
        const [, unit, one, many] = steps.find(([bound]) => seconds < bound);
        const count = Math.max(1, Math.round(seconds / unit));
        return count === 1 ? one : many.replace("%d", count);
    }

    function fromNow(date) {
        const seconds = (Date.now() - date) / 1000;
        return seconds < 0 ? "in " + words(-seconds) : words(seconds) + " ago";
    }

    function shortDate(date) {
        const two = (number) => String(number).padStart(2, "0");
        return two(date.getMonth() + 1) + "/" + two(date.getDate()) + "/" + date.getFullYear();
    }

    const formats = { "fromNow(0)": fromNow, "format('L')": shortDate };

    function write(span) {
        const date = new Date(span.dataset.timestamp);
        const format = formats[span.dataset.format];
        if (!format || isNaN(date)) { return; }
        const text = format(date);
        if (span.textContent !== text) { span.textContent = text; }
        if (!span.title) { span.title = date.toLocaleString(); }
    }

    function writeAll() { document.querySelectorAll(".flask-moment").forEach(write); }

    writeAll();
    // A page in the background waits: it is brought up to date when somebody looks again.
    setInterval(() => { if (!document.hidden) { writeAll(); } }, 10000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { writeAll(); } });
})();
