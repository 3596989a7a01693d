// Writes the times on the page in words. Every .flask-moment span holds its moment as ISO text,
// which stays readable where this script does not run.
(function () {
    "use strict";

    // The steps and the words of moment.js: upper bound in seconds, seconds per unit, one, many.
    var steps = [
        [44.5, 1, "a few seconds", "a few seconds"],
        [44.5 * 60, 60, "a minute", "%d minutes"],
        [21.5 * 3600, 3600, "an hour", "%d hours"],
        [25.5 * 86400, 86400, "a day", "%d days"],
        [319.5 * 86400, 2629746, "a month", "%d months"],
        [Infinity, 31556952, "a year", "%d years"]
    ];

    function words(seconds) {
        var step = steps.find(function (each) { return seconds < each[0]; });
        var count = Math.max(1, Math.round(seconds / step[1]));
        return count === 1 ? step[2] : step[3].replace("%d", count);
    }

    function fromNow(date) {
        var seconds = (Date.now() - date) / 1000;
        return seconds < 0 ? "in " + words(-seconds) : words(seconds) + " ago";
    }

    function shortDate(date) {
        function two(number) { return String(number).padStart(2, "0"); }
        return two(date.getMonth() + 1) + "/" + two(date.getDate()) + "/" + date.getFullYear();
    }

    var formats = { "fromNow(0)": fromNow, "format('L')": shortDate };

    function fill() {
        document.querySelectorAll(".flask-moment").forEach(function (span) {
            var date = new Date(span.dataset.timestamp);
            var format = formats[span.dataset.format];
            if (!format || isNaN(date)) { return; }
            var text = format(date);
            if (span.textContent !== text) { span.textContent = text; }
            if (!span.title) { span.title = date.toLocaleString(); }
        });
    }

    fill();
    setInterval(fill, 30000);
    document.addEventListener("visibilitychange", function () { if (!document.hidden) { fill(); } });
})();
