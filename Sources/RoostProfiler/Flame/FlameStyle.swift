/// Colours and behaviour of flame graphs.
enum FlameStyle {
    static func words(_ kind: Frame.Kind) -> String {
        switch kind {
        case .own: "application"
        case .roost: "Roost"
        case .libpq: "libpq"
        case .library: "libraries"
        case .runtime: "Swift and C runtime"
        case .span: "SQL, templates"
        }
    }

    static let boxes = """
        .own rect,i.own{fill:#f4a259;background:#f4a259}.roost rect,i.roost{fill:#7fb7be;background:#7fb7be}\
        .libpq rect,i.libpq{fill:#8f9bd4;background:#8f9bd4}.library rect,i.library{fill:#c9b6e4;background:#c9b6e4}\
        .runtime rect,i.runtime{fill:#d5d8dc;background:#d5d8dc}.span rect,i.span{fill:#e4d96f;background:#e4d96f}\
        text{fill:#1c2530;pointer-events:none}.b{cursor:pointer}.b:hover rect{stroke:#1c2530;stroke-width:1}\
        .b.miss rect{opacity:.25}.b.hit rect{fill:#d7263d}.b.hit text{fill:#fff}.b.gone{display:none}.b.dim{opacity:.55}
        """

    static let page = """
        body{font:14px/1.4 system-ui,sans-serif;margin:0;color:#1c2530;background:#fff}header{padding:14px 18px 8px}\
        h1{font-size:18px;margin:0;overflow-wrap:anywhere}p{margin:2px 0 8px;color:#55606e}.bar{display:flex;gap:12px;\
        align-items:center;flex-wrap:wrap}ul{display:flex;flex-wrap:wrap;gap:4px 14px;list-style:none;margin:0;padding:0}\
        i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:5px;vertical-align:-1px}\
        input,button{font:inherit;padding:3px 8px;border:1px solid #aab4c0;border-radius:4px;background:#fff;color:inherit}\
        main{padding:0 18px 40px}svg{display:block}footer{position:fixed;left:0;right:0;bottom:0;padding:6px 18px;\
        background:#1c2530;color:#fff;font:12px ui-monospace,Menlo,Consolas,monospace;white-space:nowrap;overflow:hidden;\
        text-overflow:ellipsis}@media(prefers-color-scheme:dark){body{background:#151a20;color:#e4e8ec}p{color:#9aa6b2}\
        input,button{background:#1f262e;border-color:#3b4652}}
        """

    /// Zoom on click, search while typing, the whole text of the box under the pointer at the bottom.
    static let script = """
        "use strict";
        const W=1200,C=6.6,boxes=[...document.querySelectorAll(".b")].map(g=>({g,rect:g.querySelector("rect"),
        text:g.querySelector("text"),left:+g.dataset.l,width:+g.dataset.w,row:+g.dataset.r,name:g.dataset.n}));
        const detail=document.getElementById("detail"),search=document.getElementById("search");
        function show(zoom){const end=zoom.left+zoom.width,e=1e-6;for(const b of boxes){
        const above=b.row<zoom.row&&b.left<=zoom.left+e&&b.left+b.width>=end-e;
        const inside=b.row>=zoom.row&&b.left>=zoom.left-e&&b.left+b.width<=end+e;
        b.g.classList.toggle("gone",!above&&!inside);b.g.classList.toggle("dim",above);if(!above&&!inside)continue;
        const x=above?0:(b.left-zoom.left)/zoom.width*W,w=above?W:b.width/zoom.width*W;
        b.rect.setAttribute("x",x);b.rect.setAttribute("width",Math.max(.3,w-.6));b.text.setAttribute("x",x+4);
        const n=Math.floor((w-8)/C);b.text.textContent=n<3?"":b.name.length<=n?b.name:b.name.slice(0,n-1)+"\\u2026";}}
        for(const b of boxes){b.g.addEventListener("click",()=>show(b));
        b.g.addEventListener("mouseenter",()=>{detail.textContent=b.g.querySelector("title").textContent;});}
        document.getElementById("reset").addEventListener("click",()=>show(boxes[0]));
        search.addEventListener("input",()=>{const q=search.value.toLowerCase();for(const b of boxes){
        const hit=q&&b.name.toLowerCase().includes(q);b.g.classList.toggle("hit",!!hit);
        b.g.classList.toggle("miss",!!q&&!hit);}});
        """
}
