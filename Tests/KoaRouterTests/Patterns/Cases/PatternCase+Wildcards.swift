extension PatternCase {
    static let wildcards = [
        Self(
            "/*path", yes("/a", ["path": "a"]), yes("/a/b/c", ["path": "a/b/c"]), yes("//", ["path": "/"]), no("/"),
            no("")),
        Self("/*path", yes("/a/", ["path": "a/"]), yes("/a\nb/c", ["path": "a\nb/c"]), no("a")),
        Self("*path", yes("/", ["path": "/"]), yes("/a/b", ["path": "/a/b"]), yes("a", ["path": "a"]), no("")),
        Self(
            "/files/*path", yes("/files/a/b.c", ["path": "a/b.c"]), yes("/FILES/A", ["path": "A"]), no("/files/"),
            no("/files")),
        Self(
            "/*path/edit", yes("/a/edit", ["path": "a"]), yes("/a/edit/edit", ["path": "a/edit"]), no("/edit"),
            no("/a/edit/x")),
        Self(
            "/*path.:type", yes("/a.b", ["path": "a", "type": "b"]), yes("/a.b/c.d", ["path": "a.b/c", "type": "d"])),
        Self("/*path.:type", no("/a.b/c"), no("/a."), no("/.b"), yes("/a..b", ["path": "a.", "type": "b"])),
        Self("/users/:id/*rest", yes("/users/7/a/b", ["id": "7", "rest": "a/b"]), no("/users/7"), no("/users/7/")),
        Self(#"/*"the rest""#, yes("/a/b", ["the rest": "a/b"])),
        Self("/x*path", yes("/xa/b", ["path": "a/b"]), yes("/x/", ["path": "/"]), no("/x")),
    ]

    /// A parameter before a wildcard in its segment ends at the text that follows it; one behind, at the text before it.
    static let mixed = [
        Self(
            "/:name.*rest", yes("/a.b", ["name": "a", "rest": "b"]), yes("/a.b.c/d", ["name": "a", "rest": "b.c/d"])),
        Self("/:name.*rest", no("/a/b.c"), no("/.b"), no("/a.")),
        Self(
            "/*a-:b", yes("/1-2", ["a": "1", "b": "2"]), yes("/1-2-3", ["a": "1-2", "b": "3"]), no("/1-"), no("/1-2/3")),
        Self("/*a-:b", yes("/1/2-3", ["a": "1/2", "b": "3"]), no("/--"), yes("/--3", ["a": "-", "b": "3"])),
        Self("/:a-:b-*c", yes("/1-2-3-4/5", ["a": "1", "b": "2", "c": "3-4/5"]), no("/1-2"), no("/1--3")),
        Self("/:a-*b-:c", yes("/1-2/3-4-5", ["a": "1", "b": "2/3-4", "c": "5"]), no("/1-2")),
        Self(
            "/*a-:b-*c", yes("/1-2-3", ["a": "1", "b": "2", "c": "3"]),
            yes("/1-2-3-4", ["a": "1-2", "b": "3", "c": "4"])),
        Self("/*a-:b-*c", yes("/1/2-3-4/5", ["a": "1/2", "b": "3", "c": "4/5"]), no("/1-2/3-4")),
        Self(
            "/*a@:b-*c", yes("/1@2-3", ["a": "1", "b": "2", "c": "3"]),
            yes("/1@2@3-4", ["a": "1@2", "b": "3", "c": "4"])),
        Self("/:a.*b@:c", yes("/1.2.3@4@5", ["a": "1", "b": "2.3@4", "c": "5"])),
        Self("/:a--*b", yes("/1--2", ["a": "1", "b": "2"]), yes("/1-x--2--3", ["a": "1-x", "b": "2--3"]), no("/1-2")),
        Self(
            "/*a~~:b", yes("/1~~2", ["a": "1", "b": "2"]), yes("/1~~2~", ["a": "1", "b": "2~"]),
            yes("/1~~~2", ["a": "1~", "b": "2"])),
        Self("/:a/x-*b/:c", yes("/1/x-2/3/4", ["a": "1", "b": "2/3", "c": "4"])),
    ]

    /// A wildcard behind another holds none of the text that follows the first, or else no slash.
    static let several = [
        Self(
            "/*a-*b", yes("/1-2", ["a": "1", "b": "2"]), yes("/1-2-3", ["a": "1-2", "b": "3"]), no("/1-"), no("/-1")),
        Self("/*a-*b", yes("/1/2-3/4", ["a": "1/2", "b": "3/4"]), yes("/--2", ["a": "-", "b": "2"])),
        Self(
            "/*a/*b", yes("/1/2", ["a": "1", "b": "2"]), yes("/1/2/3", ["a": "1/2", "b": "3"]),
            yes("/1/2/", ["a": "1", "b": "2"])),
        Self("/*a/*b", no("/1"), no("/1/"), yes("/1//2", ["a": "1/", "b": "2"])),
        Self("/*a/x/*b", yes("/1/x/2", ["a": "1", "b": "2"]), yes("/1/x/2/3", ["a": "1", "b": "2/3"]), no("/x/1")),
        Self("/*a/x/*b", yes("/1/x/2/x/3/4", ["a": "1/x/2", "b": "3/4"]), yes("/x/x/x", ["a": "x", "b": "x"])),
        Self("/*a/x-*b", yes("/1/x-2/3", ["a": "1", "b": "2/3"]), no("/1/x-/x-")),
        Self("/*a/x-*b", yes("/1/x-x-/x-/x-2", ["a": "1/x-x-/x-", "b": "2"]), no("/1/x-2/x-")),
        Self(
            "/*a/:b/*c", yes("/1/2/3", ["a": "1", "b": "2", "c": "3"]),
            yes("/1/2/3/4/5", ["a": "1/2/3", "b": "4", "c": "5"])),
        Self("/*a/:b/*c/:d", yes("/1/2/3/4/5", ["a": "1/2", "b": "3", "c": "4", "d": "5"])),
        Self(
            "/*a-*b-*c", yes("/1-2-3", ["a": "1", "b": "2", "c": "3"]),
            yes("/1-2-3-4", ["a": "1-2", "b": "3", "c": "4"]), no("/1-2")),
        Self(
            "/*a--*b@@:c", yes("/1--2@@3", ["a": "1", "b": "2", "c": "3"]),
            yes("/1--2--3@@4", ["a": "1--2", "b": "3", "c": "4"])),
        Self("/*a--*b@@:c", no("/1--2@@3/4"), yes("/1/2--3/4@@5", ["a": "1/2", "b": "3/4", "c": "5"])),
        Self(
            "/x/*a-:b/*c/y", yes("/x/1-2/3-4/y", ["a": "1", "b": "2", "c": "3-4"]),
            yes("/x/1-2/3-4/5/y", ["a": "1-2/3", "b": "4", "c": "5"])),
        Self("/x/*a.:b.:c.*d/*e/y", yes("/x/1.2.3.4/5/y", ["a": "1", "b": "2", "c": "3", "d": "4", "e": "5"])),
        Self(
            "/x/*a@/*b/y", yes("/x/1@/2/y", ["a": "1", "b": "2"]), yes("/x/1@/2/3/y", ["a": "1", "b": "2/3"]),
            no("/x/1@/y")),
        Self("/:a-:b^*c@*d%:e", yes("/1-2^3@4%5", ["a": "1", "b": "2", "c": "3", "d": "4", "e": "5"])),
    ]
}
