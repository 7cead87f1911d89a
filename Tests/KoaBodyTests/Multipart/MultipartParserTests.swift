import KoaTesting
import NIOCore
import Testing

@testable import KoaBody

/// What a parser finds: parts as their disposition and their body.
private func parse(_ body: [UInt8], boundary: String, cuts: [Int] = []) throws -> [String] {
    var parser = MultipartParser(boundary: boundary, headerBytes: 8192)
    var found: [String] = []
    var data = ByteBuffer()
    func drain() throws {
        while let event = try parser.next() {
            switch event {
            case .part(let headers):
                found.append((headers["content-disposition"] ?? "-") + "|" + (headers["content-type"] ?? "-"))
            case .data(let piece): data.writeImmutableBuffer(piece)
            case .partEnd:
                found[found.count - 1] += "|" + String(buffer: data)
                data.clear()
            case .end: found.append("end")
            }
        }
    }
    var start = 0
    for cut in cuts + [body.count] {
        parser.append(ByteBuffer(bytes: body[start..<cut]))
        start = cut
        try drain()
    }
    try parser.finish()
    return found
}

@Suite("The multipart parser")
struct MultipartParserTests {
    @Test("reads what browsers and curl send, wherever it is cut", arguments: BrowserForm.all)
    func browsers(form: BrowserForm) throws {
        let bytes = Array(form.body.utf8)
        #expect(try parse(bytes, boundary: form.boundary) == form.parts + ["end"])
        for cut in 1..<bytes.count {
            #expect(try parse(bytes, boundary: form.boundary, cuts: [cut]) == form.parts + ["end"], "cut at \(cut)")
        }
        #expect(try parse(bytes, boundary: form.boundary, cuts: Array(1..<bytes.count)) == form.parts + ["end"])
    }

    @Test("takes no text before its end for a whole body", arguments: BrowserForm.all)
    func truncated(form: BrowserForm) throws {
        let bytes = Array(form.body.utf8.dropLast(2))
        #expect(try parse(bytes, boundary: form.boundary) == form.parts + ["end"])
        for count in 0..<bytes.count {
            #expect(throws: MultipartError.self, "\(count) bytes") {
                try parse(Array(bytes[..<count]), boundary: form.boundary)
            }
        }
    }

    private let head = "--x\r\nContent-Disposition: a\r\n\r\n"

    private func bodies(_ text: String) throws -> [String] {
        try parse(Array(text.utf8), boundary: "x")
    }

    @Test(
        "takes what only looks like a delimiter for data",
        arguments: [
            "\r\n--", "\r\n-x", "\r\r\n--y", "\n--x", "\r--x", "--x", "\r\n --x", "\r\n--X", "\r", "\r\n", "\r\n\r\n--",
            "\u{0}", "\r\n-\r\n--\r\n-", "",
        ]
    )
    func data(text: String) throws {
        let body = head + text + "\r\n--x--"
        #expect(try bodies(body) == ["a|-|\(text)", "end"])
        let bytes = Array(body.utf8)
        for cut in 1..<bytes.count { #expect(try parse(bytes, boundary: "x", cuts: [cut]) == ["a|-|\(text)", "end"]) }
    }

    @Test("refuses a boundary that is followed by anything but a line break or two dashes")
    func boundaryOddities() throws {
        for end in ["y", "-", "-x", "\n", "\r", "\rx", " x", " --", "\0"] {
            #expect(throws: MultipartError.self, "\(end)") { try bodies(head + "v\r\n--x\(end)\r\n\r\n") }
        }
        #expect(
            try bodies("--x \t\r\nContent-Disposition: a\r\n\r\nv\r\n--x  \r\n\r\nw\r\n--x--") == [
                "a|-|v", "-|-|w", "end",
            ])
    }

    @Test("skips what stands before the first boundary and behind the last, up to a limit")
    func surroundings() throws {
        #expect(try bodies("hello --x\r\n" + head + "v\r\n--x--\r\nbye\r\n--x\r\n") == ["a|-|v", "end"])
        #expect(try bodies("\r\n" + head + "v\r\n--x--") == ["a|-|v", "end"])
        let error = #expect(throws: MultipartError.self) {
            try bodies(String(repeating: "a", count: 8193) + "\r\n" + head)
        }
        #expect(error?.code == .headersTooLong)
    }

    @Test("reads parts without headers, and a body without parts")
    func bare() throws {
        #expect(try bodies("--x\r\n\r\nv\r\n--x--") == ["-|-|v", "end"])
        #expect(try bodies("--x--") == ["end"])
        #expect(try bodies("--x--\r\n") == ["end"])
        #expect(throws: MultipartError.self) { try bodies("") }
        #expect(throws: MultipartError.self) { try bodies("--x") }
    }

    @Test(
        "refuses headers that are none",
        arguments: [
            "no colon", ": empty", "a b: c", "A: b\nC: d", "A: b\rC: d", "A: b\0", " A: b", "A: b\r\n folded",
            "A: 1\r\na: 2",
        ]
    )
    func headers(text: String) {
        let error = #expect(throws: MultipartError.self) { try bodies("--x\r\n\(text)\r\n\r\nv\r\n--x--") }
        #expect(error?.code == .malformed)
    }

    @Test("refuses headers beyond their limit, whether or not they end")
    func headerLimit() throws {
        let long = String(repeating: "a", count: 9000)
        for end in ["", "\r\n\r\nv\r\n--x--"] {
            let error = #expect(throws: MultipartError.self) { try bodies("--x\r\nA: \(long)\(end)") }
            #expect(error?.code == .headersTooLong)
        }
    }

    @Test("takes time in proportion to the bytes, however hostile", .timeLimit(.minutes(1)))
    func linear() throws {
        let boundary = String(repeating: "b", count: 69)
        let start = "--\(boundary)\r\n\r\n"
        let almost = "\r\n--" + boundary.dropLast()
        for filler in [almost, "\r", "\r\n", "\r\n--", "a"] {
            let body = Array(
                (start + String(repeating: filler, count: 400_000 / filler.utf8.count) + "\r\n--\(boundary)--").utf8)
            #expect(try parse(body, boundary: boundary).count == 2)
        }
        // Byte by byte, in the body and in the headers.
        let body = Array((start + String(repeating: almost, count: 200) + "\r\n--\(boundary)--").utf8)
        #expect(try parse(body, boundary: boundary, cuts: Array(1..<body.count)).count == 2)
        let headers = Array("--x\r\nA: \(String(repeating: "a", count: 8000))\r\n\r\nv\r\n--x--".utf8)
        #expect(try parse(headers, boundary: "x", cuts: Array(1..<headers.count)).count == 2)
    }

    @Test("hands pieces on as they come, and keeps only what may be a delimiter")
    func streaming() throws {
        var parser = MultipartParser(boundary: "x", headerBytes: 100)
        parser.append(ByteBuffer(string: "--x\r\n\r\nabc"))
        #expect(try parser.next() == .part([:]))
        #expect(try parser.next() == .data(ByteBuffer(string: "abc")))
        #expect(try parser.next() == nil)
        parser.append(ByteBuffer(string: "def\r\n-"))
        #expect(try parser.next() == .data(ByteBuffer(string: "def")))
        #expect(try parser.next() == nil)
        parser.append(ByteBuffer(string: "g"))
        #expect(try parser.next() == .data(ByteBuffer(string: "\r\n-g")))
    }
}
