/// The page's style sheet: light and dark by the reader's choice, one column on a telephone.
enum ReportStyle {
    static let sheet = """
        :root{color-scheme:light dark;--page:#f6f6f3;--card:#fff;--ink:#1c1e22;--muted:#62666e;--line:#e2e2dc;--fill:#2f6fd6;\
        --track:#e9ebef;--code:#f3f3ef;--bad:#b3362b}
        @media (prefers-color-scheme:dark){:root{--page:#131518;--card:#1b1e23;--ink:#e7e6e2;--muted:#9a9fa8;--line:#2d3138;\
        --fill:#6b9bf0;--track:#2a2e36;--code:#15181c;--bad:#f0887d}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:1120px;margin:0 auto;padding:32px 24px 48px}
        h1{margin:0;font-size:28px;line-height:1.2;letter-spacing:-.01em}
        h1 span{color:var(--muted);font-weight:400}
        header p{margin:4px 0 0;color:var(--muted)}
        h2{margin:36px 0 12px;font-size:18px}
        h3{margin:18px 0 6px;font-size:13px;color:var(--muted);font-weight:600}
        small{color:var(--muted);font-weight:400;font-size:13px}
        code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        pre{margin:0;padding:12px 14px;background:var(--code);border:1px solid var(--line);border-radius:8px;overflow-x:auto}
        .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin-top:24px}
        .tiles div,figure,.statements details,section>table{background:var(--card);border:1px solid var(--line);border-radius:10px}
        .tiles div{padding:14px 16px}
        .tiles strong{display:block;font-size:24px;line-height:1.2;font-variant-numeric:tabular-nums}
        .tiles span{color:var(--muted);font-size:13px}
        .tiles .bad strong,.kind{color:var(--bad)}
        figure{margin:0;padding:18px 18px 12px;display:grid;grid-template-columns:auto 1fr;gap:6px 10px}
        .scale{display:flex;flex-direction:column;justify-content:space-between;text-align:right;height:170px;margin:-8px 0}
        .scale,figcaption{color:var(--muted);font-size:12px;font-variant-numeric:tabular-nums}
        .timeline svg{width:100%;height:154px;display:block;overflow:visible}
        .timeline rect:hover{opacity:.7}
        rect{fill:var(--fill)}
        .track{fill:var(--track)}
        .grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
        figcaption{grid-column:2;display:flex;justify-content:space-between}
        .statements{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:minmax(0,1fr);gap:8px}
        summary{display:grid;grid-template-columns:28px 1fr 150px;gap:14px;align-items:start;padding:12px 16px;cursor:pointer;\
        list-style:none;border-radius:10px}
        summary::-webkit-details-marker{display:none}
        summary:hover .what code{color:var(--fill)}
        summary:focus-visible{outline:2px solid var(--fill);outline-offset:-2px}
        .rank{color:var(--muted);text-align:right;font-variant-numeric:tabular-nums}
        .what{min-width:0}
        .what code{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
        .what small{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        .took{display:grid;grid-template-columns:1fr auto;gap:2px 8px;align-items:center;font-variant-numeric:tabular-nums}
        .took strong{grid-column:1/3;text-align:right}
        .took small{min-width:52px;text-align:right;font-size:12px}
        .bar{width:100%;height:8px;display:block;border-radius:4px;overflow:hidden}
        .body{padding:4px 16px 18px 58px;border-top:1px solid var(--line)}
        .numbers{display:flex;flex-wrap:wrap;gap:8px 24px;margin:12px 0 14px;font-variant-numeric:tabular-nums}
        dt{color:var(--muted);font-size:12px}
        dd{margin:0}
        .columns{display:grid;grid-template-columns:1fr 1fr;gap:8px 32px}
        .columns>div{min-width:0}
        .histogram{width:100%;border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
        .histogram th{font-weight:400;text-align:right;white-space:nowrap;padding:2px 10px 2px 0;width:1%;color:var(--muted)}
        .histogram td{padding:2px 0}
        .histogram .n{width:1%;padding-left:10px}
        .counts,.samples{list-style:none;margin:0;padding:0;font-size:13px}
        .counts li,.samples li{overflow-wrap:anywhere;padding:1px 0}
        .counts b{display:inline-block;min-width:44px;font-variant-numeric:tabular-nums}
        section>table{width:100%;border-collapse:separate;border-spacing:0}
        section>table th,section>table td{padding:10px 16px;text-align:left;vertical-align:top}
        section>table th{font-size:12px;color:var(--muted);font-weight:600}
        section>table td{border-top:1px solid var(--line)}
        section>table .n,.histogram .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        .sql code{overflow-wrap:anywhere}
        .sql small{display:block;overflow-wrap:anywhere}
        .kind{white-space:nowrap}
        .note,footer{color:var(--muted);font-size:13px}
        footer{margin-top:36px}
        footer p{margin:2px 0;overflow-wrap:anywhere}
        @media (max-width:720px){main{padding:20px 14px 32px}.tiles{grid-template-columns:1fr 1fr;gap:8px}.tiles strong{font-size:20px}\
        summary{grid-template-columns:auto 1fr;gap:2px 10px;padding:12px}.took{grid-column:2;grid-template-columns:auto 1fr auto}\
        .took strong{grid-column:1}.body{padding:4px 12px 14px}.columns{grid-template-columns:1fr}\
        figure{padding:14px 12px 10px}figcaption span:nth-child(2){display:none}\
        thead{display:none}section>table tr{display:block;padding:8px 12px;border-top:1px solid var(--line)}\
        section>table tr:first-child{border-top:0}section>table td{border:0;padding:2px 0;display:block}\
        section>table td.n{display:inline-block;margin-right:16px}\
        section>table td.n::before{content:attr(data-label) " ";color:var(--muted);font-size:12px}}
        """
}
