/// The domains that make a bare name an address: those of countries and the classic generic ones. The hundreds of newer
/// ones are words of everyday text.
enum TopLevelDomains {
    /// Whether a label is one of them, in any case of letters.
    static func contains(_ label: some Collection<UInt8>) -> Bool {
        guard (2...6).contains(label.count) else { return false }
        return all.contains(String(decoding: label, as: UTF8.self).lowercased())
    }

    private static let all = Set(
        (generic + countries).split { $0 == " " || $0 == "\n" }.map(String.init))

    private static let generic = "aero arpa asia biz cat com coop edu gov info int jobs mil mobi museum name net org post pro tel travel xxx "

    private static let countries = """
        ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch
        ci ck cl cm cn co cr cu cv cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp
        gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk
        lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe
        pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf
        tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt yu za zm zw
        """
}
