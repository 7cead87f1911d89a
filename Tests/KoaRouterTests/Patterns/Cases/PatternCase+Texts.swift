extension PatternCase {
    static let texts = [
        Self("/", yes("/"), yes("//"), no(""), no("/about"), no("///")),
        Self("/about", yes("/about"), yes("/about/"), yes("/ABOUT"), yes("/About/"), no("/about//"), no("/abou")),
        Self("/about", no("/about/us"), no("/aboutus"), no("about"), no("/x/about"), no("")),
        Self("/about/", yes("/about/"), yes("/about//"), no("/about"), no("/about///"), no("/about/us")),
        Self("", yes(""), yes("/"), no("//"), no("x")),
        Self("about", yes("about"), yes("about/"), no("/about")),
        Self("/a//b", yes("/a//b"), no("/a/b")),
        Self("/feed.xml", yes("/feed.xml"), no("/feedxxml"), no("/feed")),
        Self("/a|b", yes("/a|b"), no("/a"), no("b"), no("/b")),
        Self("/^$=.,;@&%#~'<>", yes("/^$=.,;@&%#~'<>")),
        Self("/line\nbreak", yes("/line\nbreak"), no("/line break")),
    ]

    static let escapes = [
        Self(#"/\(draft\)"#, yes("/(draft)"), no("/draft")),
        Self(#"/\:id"#, yes("/:id"), no("/7")),
        Self(#"/\*all"#, yes("/*all"), no("/x")),
        Self(#"/\{x\}"#, yes("/{x}"), no("/x"), no("/")),
        Self(#"/\[\]\+\?\!"#, yes("/[]+?!")),
        Self(#"/\\"#, yes(#"/\"#), no("/")),
        Self(#"/\d"#, yes("/d"), yes("/D"), no("/1"), no(#"/\d"#)),
        Self(#"/:id\?"#, yes("/7?", ["id": "7"]), no("/7")),
        Self(#"/:a\:b"#, yes("/x:b", ["a": "x"]), no("/x")),
        Self(#"/:name\(:size\)"#, yes("/logo(big)", ["name": "logo", "size": "big"]), no("/logo()"), no("/logo")),
        Self(
            #"/:name\({:size}\)"#, yes("/logo(big)", ["name": "logo", "size": "big"]), yes("/logo()", ["name": "logo"])),
    ]

    static let unicode = [
        Self("/größe", yes("/größe"), no("/grosse"), no("/gr%C3%B6%C3%9Fe")),
        Self("/:dish", yes("/crème", ["dish": "crème"]), yes("/寿司", ["dish": "寿司"]), yes("/🍣/", ["dish": "🍣"])),
        Self("/:dish", yes("/cr%C3%A8me", ["dish": "cr%C3%A8me"]), yes("/a%2Fb", ["dish": "a%2Fb"])),
        Self("/:größe", yes("/12", ["größe": "12"])),
        Self("/*пут", yes("/а/б", ["пут": "а/б"])),
        Self("/:a→:b", yes("/1→2", ["a": "1", "b": "2"]), yes("/1→→", ["a": "1", "b": "→"]), no("/1→")),
        Self("/:a🙂:b", yes("/x🙂y", ["a": "x", "b": "y"]), yes("/x🙃z🙂y", ["a": "x🙃z", "b": "y"]), no("/x🙃y")),
        Self("/*a🙂*b", yes("/x🙂y/🙃", ["a": "x", "b": "y/🙃"]), no("/🙂🙂")),
        Self("/%e4", yes("/%e4"), yes("/%E4")),
        Self("/%e4", sensitive: true, yes("/%e4"), no("/%E4")),
    ]
}
