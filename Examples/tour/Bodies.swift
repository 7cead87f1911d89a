import Koa

private struct Animal: Codable {
    var name: String
    var legs: Int
    var friends: [String]
}

/// What `ctx.body` takes. The type and the length follow from it.
let bodies = Chapter(
    title: "Bodies",
    pages: [
        Page("/body/text", "Text") { ctx in
            ctx.body = "Hello World"
        },
        Page("/body/html", "HTML, since it starts with an angle bracket") { ctx in
            ctx.body = "<h1>Hello World</h1>"
        },
        Page("/body/bytes", "Bytes: a GIF of one pixel") { ctx in
            ctx.type = "gif"
            ctx.body = .bytes(onePixel)
        },
        Page("/body/literal", "JSON from a literal, in its order") { ctx in
            ctx.body = ["name": "Tobi", "legs": 4, "friends": ["Loki", "Jane"]]
        },
        Page("/body/json", "JSON from any Encodable") { ctx in
            ctx.body = .json(Animal(name: "Tobi", legs: 4, friends: ["Loki", "Jane"]))
        },
        Page("/body/file", "A file: the source of this page") { ctx in
            ctx.type = "text"
            ctx.body = .file(#filePath)
        },
        Page("/body/missing", "A file that isn't there: 404") { ctx in
            ctx.body = .file("/no/such/file.txt")
        },
        Page("/body/none", "Nothing: 204") { ctx in
            ctx.body = nil
        },
        Page("/body/status", "A status alone is told in words") { ctx in
            ctx.status = .imATeapot
        },
    ]
)

private let onePixel: [UInt8] = [
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x01, 0x00, 0x01, 0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF,
    0x21, 0xF9, 0x04, 0x01, 0x00, 0x00, 0x00, 0x00, 0x2C, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0x02,
    0x02, 0x44, 0x01, 0x00, 0x3B,
]
