/// The colours and the page of flame graphs.
enum FlameStyle {
    static func words(_ kind: Frame.Kind) -> String {
        switch kind {
        case .own: "application"
        case .roost: "Roost"
        case .libpq: "libpq"
        case .library: "libraries"
        case .runtime: "Swift and C runtime"
        case .span: "SQL, templates, mail"
        }
    }

    /// Of the picture, alone or in the page. Text is dark in both schemes, because the boxes are light.
    static let boxes = """
        .own rect, i.own { fill: #f4a259; background: #f4a259 }
        .roost rect, i.roost { fill: #7fb7be; background: #7fb7be }
        .libpq rect, i.libpq { fill: #8f9bd4; background: #8f9bd4 }
        .library rect, i.library { fill: #c9b6e4; background: #c9b6e4 }
        .runtime rect, i.runtime { fill: #d5d8dc; background: #d5d8dc }
        .span rect, i.span { fill: #e4d96f; background: #e4d96f }
        .root rect { fill: #eef0f2; stroke: #aab4c0; stroke-width: .6 }
        text { fill: #1c2530; pointer-events: none }
        .b { cursor: pointer }
        .b:hover rect { stroke: #1c2530; stroke-width: 1 }
        .b.miss rect { opacity: .25 }
        .b.hit rect { fill: #d7263d }
        .b.hit text { fill: #fff }
        .b.gone { display: none }
        .b.dim { opacity: .55 }

        """

    static let page = """
        body { font: 14px/1.4 system-ui, sans-serif; margin: 0; color: #1c2530; background: #fff }
        header { padding: 14px 18px 8px }
        h1 { font-size: 18px; margin: 0; overflow-wrap: anywhere }
        p { margin: 2px 0 8px; color: #55606e }
        .bar { display: flex; gap: 12px; align-items: center; flex-wrap: wrap }
        ul { display: flex; flex-wrap: wrap; gap: 4px 14px; list-style: none; margin: 0; padding: 0 }
        i { display: inline-block; width: 12px; height: 12px; border-radius: 2px }
        i { margin-right: 5px; vertical-align: -1px }
        input, button { font: inherit; padding: 3px 8px; border: 1px solid #aab4c0; border-radius: 4px }
        input, button { background: #fff; color: inherit }
        main { padding: 0 18px 40px }
        svg { display: block }
        footer { position: fixed; left: 0; right: 0; bottom: 0; padding: 6px 18px; background: #1c2530; color: #fff }
        footer { font: 12px ui-monospace, Menlo, Consolas, monospace; white-space: nowrap }
        footer { overflow: hidden; text-overflow: ellipsis }
        @media (prefers-color-scheme: dark) {
            body { background: #151a20; color: #e4e8ec }
            p { color: #9aa6b2 }
            input, button { background: #1f262e; border-color: #3b4652 }
            footer { background: #2a333d }
            .b.miss text, .b.dim text { fill: #d8dee4 }
        }

        """
}
