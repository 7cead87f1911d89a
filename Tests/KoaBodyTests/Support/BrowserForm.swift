import Testing

/// A form as a client sends it: fields, odd characters, an empty file input and a file.
struct BrowserForm: CustomTestStringConvertible, Sendable {
    let client: String
    let boundary: String
    let body: String
    /// Disposition, type and body of each part.
    let parts: [String]

    var testDescription: String { client }

    static let all = [chrome, firefox, safari, curl]

    static let chrome = BrowserForm(
        client: "Chrome",
        boundary: "----WebKitFormBoundary7MA4YWxkTrZu0gW",
        body: """
            ------WebKitFormBoundary7MA4YWxkTrZu0gW\r
            Content-Disposition: form-data; name="title"\r
            \r
            Grüße\r
            ------WebKitFormBoundary7MA4YWxkTrZu0gW\r
            Content-Disposition: form-data; name="a%22b"\r
            \r
            two\r
            lines\r
            ------WebKitFormBoundary7MA4YWxkTrZu0gW\r
            Content-Disposition: form-data; name="none"; filename=""\r
            Content-Type: application/octet-stream\r
            \r
            \r
            ------WebKitFormBoundary7MA4YWxkTrZu0gW\r
            Content-Disposition: form-data; name="file"; filename="naïve %22x%22.txt"\r
            Content-Type: text/plain\r
            \r
            --\r
            ----WebKitFormBoundary\r
            \r
            ------WebKitFormBoundary7MA4YWxkTrZu0gW--\r

            """,
        parts: [
            "form-data; name=\"title\"|-|Grüße",
            "form-data; name=\"a%22b\"|-|two\r\nlines",
            "form-data; name=\"none\"; filename=\"\"|application/octet-stream|",
            "form-data; name=\"file\"; filename=\"naïve %22x%22.txt\"|text/plain|--\r\n----WebKitFormBoundary\r\n",
        ]
    )

    static let firefox = BrowserForm(
        client: "Firefox",
        boundary: "----geckoformboundary3f1a2b4c5d6e7f8091a2b3c4d5e6f70",
        body: """
            ------geckoformboundary3f1a2b4c5d6e7f8091a2b3c4d5e6f70\r
            Content-Disposition: form-data; name="title"\r
            \r
            \r
            ------geckoformboundary3f1a2b4c5d6e7f8091a2b3c4d5e6f70\r
            Content-Disposition: form-data; name="file"; filename="C:\\x.bin"\r
            Content-Type: application/octet-stream\r
            \r
            \u{0}\u{1}\r\r\n\u{0}\r
            ------geckoformboundary3f1a2b4c5d6e7f8091a2b3c4d5e6f70--\r

            """,
        parts: [
            "form-data; name=\"title\"|-|",
            "form-data; name=\"file\"; filename=\"C:\\x.bin\"|application/octet-stream|\u{0}\u{1}\r\r\n\u{0}",
        ]
    )

    static let safari = BrowserForm(
        client: "Safari",
        boundary: "----WebKitFormBoundaryAbCdEf0123456789",
        body: """
            ------WebKitFormBoundaryAbCdEf0123456789\r
            Content-Disposition: form-data; name="emoji 😀"\r
            \r
            😀\r
            ------WebKitFormBoundaryAbCdEf0123456789\r
            Content-Disposition: form-data; name="file"; filename="a.png"\r
            Content-Type: image/png\r
            \r
            \r
            \r
            \r
            ------WebKitFormBoundaryAbCdEf0123456789--\r

            """,
        parts: [
            "form-data; name=\"emoji 😀\"|-|😀",
            "form-data; name=\"file\"; filename=\"a.png\"|image/png|\r\n\r\n",
        ]
    )

    static let curl = BrowserForm(
        client: "curl",
        boundary: "------------------------d74496d66958873e",
        body: """
            --------------------------d74496d66958873e\r
            Content-Disposition: form-data; name="person"\r
            \r
            anonymous\r
            --------------------------d74496d66958873e\r
            Content-Disposition: form-data; name="file"; filename="say \\"hi\\".txt"\r
            Content-Type: text/plain\r
            \r
            contents of the file
            \r
            --------------------------d74496d66958873e--\r

            """,
        parts: [
            "form-data; name=\"person\"|-|anonymous",
            "form-data; name=\"file\"; filename=\"say \\\"hi\\\".txt\"|text/plain|contents of the file\n",
        ]
    )
}
