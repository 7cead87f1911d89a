extension PatternCase {
    static let parameters = [
        Self("/:page", yes("/home", ["page": "home"]), yes("/home/", ["page": "home"]), no("/home//"), no("/")),
        Self("/:page", yes("/a.b.c", ["page": "a.b.c"]), yes("/%20", ["page": "%20"]), no("/home/x"), no("//x")),
        Self("/:page", yes("/;,:@&=+$-_.!~*()", ["page": ";,:@&=+$-_.!~*()"]), yes("/a\nb", ["page": "a\nb"])),
        Self("/:page", yes("/Home", ["page": "Home"])),
        Self(
            "/:year/:month", yes("/2024/05", ["year": "2024", "month": "05"]), no("/2024"), no("/2024/"), no("/2024//")),
        Self(
            "/users/:id/posts", yes("/users/7/posts", ["id": "7"]), yes("/USERS/7/Posts/", ["id": "7"]),
            no("/users/posts")),
        Self("/:page/", yes("/home/", ["page": "home"]), yes("/home//", ["page": "home"]), no("/home")),
        Self(":page", yes("home", ["page": "home"]), yes("home/", ["page": "home"]), no("/home"), no("")),
        Self("/v:version", yes("/v2", ["version": "2"]), yes("/vv", ["version": "v"]), no("/v"), no("/2")),
        Self("/:_/:$x/:a1", yes("/1/2/3", ["_": "1", "$x": "2", "a1": "3"])),
        Self(#"/:"user id"/:"7""#, yes("/a/b", ["user id": "a", "7": "b"])),
        Self(#"/:"say \"hi\" \\o/""#, yes("/x", [#"say "hi" \o/"#: "x"])),
        Self("/:id/:id", yes("/1/2", ["id": "2"])),
    ]

    /// A text behind a parameter: the last place where it stands counts.
    static let suffixes = [
        Self(
            "/:file.txt", yes("/a.txt", ["file": "a"]), yes("/a.txt.txt", ["file": "a.txt"]), no("/.txt"), no("/a.text")
        ),
        Self("/:file.txt", yes("/a.TXT/", ["file": "a"]), no("/a.txt/b.txt")),
        Self("/:id-x/end", yes("/a-x-x/end", ["id": "a-x"]), no("/-x/end")),
        Self("/<:id>", yes("/<7>", ["id": "7"]), yes("/<>>", ["id": ">"]), no("/<>")),
        Self(
            "/pre-:id-post", yes("/pre-a-post", ["id": "a"]), yes("/pre--post-post", ["id": "-post"]), no("/pre-post")),
    ]

    /// Parameters in one segment: the first takes all it can, the later ones hold no text that stands before them, or
    /// are just that text.
    static let neighbours = [
        Self(
            "/:name.:type", yes("/a.b", ["name": "a", "type": "b"]), yes("/a.b.c", ["name": "a.b", "type": "c"]),
            no("/a")),
        Self("/:name.:type", yes("/a..", ["name": "a", "type": "."]), no("/a."), no("/.b"), no("/a./b")),
        Self("/:from-:to", yes("/a---", ["from": "a-", "to": "-"]), yes("/---", ["from": "-", "to": "-"]), no("/--")),
        Self(
            "/:a-:b-:c", yes("/1-2-3", ["a": "1", "b": "2", "c": "3"]),
            yes("/1-2-3-4", ["a": "1-2", "b": "3", "c": "4"])),
        Self("/:a-:b-:c", yes("/-----", ["a": "-", "b": "-", "c": "-"]), no("/----"), no("/1-2")),
        Self("/:a-:b-:c", yes("/a----b", ["a": "a-", "b": "-", "c": "b"])),
        Self("/:a--:b", yes("/x--y", ["a": "x", "b": "y"]), yes("/x---y", ["a": "x-", "b": "y"]), no("/x-y")),
        Self("/:a--:b", yes("/x----", ["a": "x-", "b": "-"]), yes("/x---", ["a": "x", "b": "-"]), no("/x--")),
        Self(#"/:a.:b\x"#, yes("/1.2x", ["a": "1", "b": "2"]), no("/1.2")),
        Self(#"/:a\::b"#, yes("/x:y", ["a": "x", "b": "y"]), no("/x:")),
        Self(#"/:"a"and:b"#, yes("/xandy", ["a": "x", "b": "y"]), yes("/xANDy", ["a": "x", "b": "y"]), no("/xand")),
        Self(
            #"/:"a"and:b"#, yes("/xandAND", ["a": "x", "b": "AND"]), yes("/andandx", ["a": "and", "b": "x"]),
            no("/andx")),
        Self(#"/:"a"and:b"#, sensitive: true, yes("/xandANDy", ["a": "x", "b": "ANDy"]), no("/xANDy")),
        Self("/:a/:b-:c/:d", yes("/1/2-3/4", ["a": "1", "b": "2", "c": "3", "d": "4"]), no("/1/2/3")),
        Self("/:a-x/:b-:c", yes("/1-x/2-3", ["a": "1", "b": "2", "c": "3"])),
        Self("/|:a|:b|", yes("/|x|y|", ["a": "x", "b": "y"]), no("/|x||"), no("/||y|")),
    ]
}
