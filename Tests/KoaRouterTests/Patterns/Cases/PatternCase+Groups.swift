extension PatternCase {
    static let groups = [
        Self("{/about}", yes(""), yes("/"), yes("/about"), yes("/about/"), no("/other")),
        Self("/user{s}/:id", yes("/user/7", ["id": "7"]), yes("/users/7", ["id": "7"]), no("/userss/7"), no("/use/7")),
        Self("{/:page}", yes("/home", ["page": "home"]), yes(""), yes("/"), no("/a/b")),
        Self("{:page}", yes("home", ["page": "home"]), yes(""), yes("/"), no("/home")),
        Self(
            "/docs{/:lang}/page", yes("/docs/page"), yes("/docs/de/page", ["lang": "de"]), no("/docs/de/x/page"),
            no("/docs//page")),
        Self("/users{/:id}{/edit}", yes("/users"), yes("/users/7", ["id": "7"]), yes("/users/7/edit", ["id": "7"])),
        Self(
            "/users{/:id}{/edit}", yes("/users/edit", ["id": "edit"]), yes("/users/edit/edit/", ["id": "edit"]),
            no("/users/7/x")),
        Self("{/edit}/:id", yes("/edit", ["id": "edit"]), yes("/edit/7", ["id": "7"])),
        Self("/{:pre}x", yes("/x"), yes("/ax", ["pre": "a"]), yes("/xx", ["pre": "x"]), no("/a")),
        Self(
            "/:name{.:type}", yes("/a", ["name": "a"]), yes("/a.b", ["name": "a", "type": "b"]),
            yes("/a.b.c", ["name": "a.b", "type": "c"])),
        Self(
            "/:name{.:type}", yes("/a.", ["name": "a."]), yes("/.b", ["name": ".b"]),
            yes("/a..", ["name": "a", "type": "."])),
        Self("/:a{|:b|}", yes("/1|2|", ["a": "1", "b": "2"]), yes("/1||", ["a": "1||"])),
        Self("/*path{.:type}", yes("/a/b.c", ["path": "a/b", "type": "c"]), yes("/a.b/c", ["path": "a.b/c"])),
        Self(
            "/files{/*path}", yes("/files"), yes("/files/a/b", ["path": "a/b"]), yes("/files/"),
            yes("/files//", ["path": "/"])),
        Self("/{*path}", yes("/"), yes("/a/b", ["path": "a/b"])),
        Self("/abc{abc:x}", yes("/abc"), no("/abcabc"), yes("/abcabc1", ["x": "1"]), yes("/abcabcabc", ["x": "abc"])),
        Self(
            #"/:"a"{abc:b}"#, yes("/abc", ["a": "abc"]), yes("/abcabc", ["a": "abcabc"]),
            yes("/1abcabc", ["a": "1", "b": "abc"])),
        Self(
            "{/:a}{/:b}-x", yes("-x"), yes("/1-x", ["a": "1"]), yes("/1/2-x", ["a": "1", "b": "2"]), no("/-x"),
            no("/1/-x")),
        Self("$:a{$:b}", yes("$1", ["a": "1"]), yes("$1$2", ["a": "1", "b": "2"])),
    ]

    /// Which groups are taken: the first alternative that matches, in which a group is taken before it is left out.
    static let choices = [
        Self("/{:a-}{:b-}:c", yes("/1-2", ["a": "1", "c": "2"]), yes("/1-2-3", ["a": "1", "b": "2", "c": "3"])),
        Self("{/:a}{/:b}", yes("/1", ["a": "1"]), yes("/1/2", ["a": "1", "b": "2"]), yes("")),
        Self(
            "/x{/:a/y}{/:b}", yes("/x/1/y", ["a": "1"]), yes("/x/1", ["b": "1"]), yes("/x/1/y/2", ["a": "1", "b": "2"])),
        Self("/{:id}{x}", yes("/ax", ["id": "a"]), yes("/x", ["id": "x"]), yes("/")),
        Self("{/:id}{/:id}", yes("/1/2", ["id": "2"]), yes("/1", ["id": "1"])),
    ]

    static let nested = [
        Self("/a{/b{/c}}", yes("/a"), yes("/a/b"), yes("/a/b/c"), no("/a/c")),
        Self(
            "/a{/:b{/:c{/:d}}}/z", yes("/a/z"), yes("/a/1/z", ["b": "1"]),
            yes("/a/1/2/3/z", ["b": "1", "c": "2", "d": "3"])),
        Self("/a{/:b{/:c{/:d}}}/z", no("/a/1/2/3/4/z"), no("/a/1")),
        Self("/{a{b}c}d", yes("/d"), yes("/acd"), yes("/abcd"), no("/abd"), no("/ad")),
        Self("/x{{{y}}}", yes("/x"), yes("/xy"), no("/xyy")),
        Self("/x{}", yes("/x"), yes("/x/"), no("/")),
        Self("/{{a}{b}}c", yes("/c"), yes("/ac"), yes("/bc"), yes("/abc"), no("/bac")),
        Self(
            "/:a{-:b{.:c}}", yes("/1", ["a": "1"]), yes("/1-2", ["a": "1", "b": "2"]),
            yes("/1-2.3", ["a": "1", "b": "2", "c": "3"])),
    ]
}
