extension PatternCase {
    /// `end: false`: a part of the path will do that ends before a slash or at the path's end.
    static let prefixes = [
        Self(
            "/api", end: false, yes("/api"), yes("/api/"), yes("/api/x", upTo: "/api"), yes("/api//", upTo: "/api"),
            no("/apis")),
        Self("/api", end: false, yes("/API/v/1", upTo: "/API"), no("/x/api"), no("api"), no("/")),
        Self("/api/", end: false, yes("/api/"), yes("/api//"), yes("/api//x", upTo: "/api/"), no("/api"), no("/api/x")),
        Self("", end: false, yes(""), yes("/"), yes("/x", upTo: ""), yes("/x/", upTo: ""), no("x")),
        Self("/", end: false, yes("/"), yes("//"), yes("//x", upTo: "/"), no("/x")),
        Self(
            "/:id", end: false, yes("/7", ["id": "7"]), yes("/7/", ["id": "7"]), yes("/7/x/y", upTo: "/7", ["id": "7"]),
            no("/")),
        Self(
            "/:id/", end: false, yes("/7/", ["id": "7"]), yes("/7//x", upTo: "/7/", ["id": "7"]), no("/7"), no("/7/x")),
        Self(
            "/:name.x", end: false, yes("/a.x/b.x", upTo: "/a.x", ["name": "a"]), yes("/a.x.x/", ["name": "a.x"]),
            no("/a.xx")),
        Self("/*path", end: false, yes("/a/b", ["path": "a/b"]), yes("/a/", ["path": "a/"])),
        Self(
            "/*path/x", end: false, yes("/a/x/b", upTo: "/a/x", ["path": "a"]),
            yes("/a/x/b/x/c", upTo: "/a/x/b/x", ["path": "a/x/b"])),
        Self(
            "/*a-*b", end: false, yes("/1-2/3/4", ["a": "1", "b": "2/3/4"]),
            yes("/1-2/3-4/5-", upTo: "/1-2/3-4", ["a": "1-2/3", "b": "4"])),
        Self(
            "/:a-:b", end: false, yes("/1-2/x", upTo: "/1-2", ["a": "1", "b": "2"]),
            yes("/1--/x", upTo: "/1--", ["a": "1", "b": "-"])),
        Self(
            "/a{/:b}", end: false, yes("/a/1/2", upTo: "/a/1", ["b": "1"]), yes("/a//2", upTo: "/a"), yes("/a/"),
            no("/ab")),
        Self("{/*rest}", end: false, yes("/a/b", ["rest": "a/b"]), yes("/"), yes(""), yes("//", ["rest": "/"])),
        Self("/api", end: false, trailing: false, yes("/api/", upTo: "/api"), yes("/api/x", upTo: "/api"), no("/apix")),
        Self("/:id", end: false, trailing: false, yes("/7/", upTo: "/7", ["id": "7"])),
        Self("/api", end: false, sensitive: true, yes("/api/X", upTo: "/api"), no("/API/x")),
    ]

    /// `trailing: false`: no slash may stand at the end that the pattern doesn't have.
    static let strict = [
        Self("/about", trailing: false, yes("/about"), yes("/About"), no("/about/"), no("/about/x")),
        Self("/about/", trailing: false, yes("/about/"), no("/about"), no("/about//")),
        Self("/", trailing: false, yes("/"), no("//"), no("")),
        Self("", trailing: false, yes(""), no("/")),
        Self("/:id", trailing: false, yes("/7", ["id": "7"]), no("/7/")),
        Self("/:id/", trailing: false, yes("/7/", ["id": "7"]), no("/7"), no("/7//")),
        Self("/*path", trailing: false, yes("/a", ["path": "a"]), yes("/a/", ["path": "a/"]), no("/")),
        Self("/*a/*b", trailing: false, yes("/1/2", ["a": "1", "b": "2"]), no("/1/2/")),
        Self("/a{/:b}", trailing: false, yes("/a"), yes("/a/1", ["b": "1"]), no("/a/"), no("/a/1/")),
    ]

    /// `sensitive`: the case of letters counts.
    static let cases = [
        Self("/About", sensitive: true, yes("/About"), yes("/About/"), no("/about"), no("/ABOUT")),
        Self("/about", sensitive: true, no("/About"), yes("/about")),
        Self("/x:id", sensitive: true, yes("/xX", ["id": "X"]), no("/Xx")),
        Self(
            #"/:"a"x:b"#, sensitive: true, yes("/1X2x3", ["a": "1X2", "b": "3"]), yes("/1x2X3", ["a": "1", "b": "2X3"])),
        Self(#"/:"a"x:b"#, yes("/1x2X3", ["a": "1x2", "b": "3"]), yes("/1X2", ["a": "1", "b": "2"])),
        Self(#"/*"path"END"#, sensitive: true, yes("/1END", ["path": "1"])),
        Self(#"/@\[Zz"#, yes("/@[zZ"), no("/`[zz"), no("/@{zz"), no("/@[\u{1A}z")),
    ]
}
