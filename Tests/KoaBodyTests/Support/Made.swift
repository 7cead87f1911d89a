import KoaTesting
import NIOCore

/// A multipart body of the boundary `x`.
enum Made {
    static let headers: Headers = ["Content-Type": "multipart/form-data; boundary=x"]

    static func field(_ name: String, _ value: String) -> String {
        "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    static func file(_ name: String, _ filename: String, _ content: String, type: String = "text/plain") -> String {
        "--x\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\"\r\n"
            + "Content-Type: \(type)\r\n\r\n\(content)\r\n"
    }

    static func body(_ parts: String...) -> TestBody { .bytes((parts.joined() + "--x--\r\n").utf8) }
}
