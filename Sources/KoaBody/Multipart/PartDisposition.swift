import Koa

/// The Content-Disposition of a part: its name, and its file's name if it is a file.
///
/// As browsers write it: in UTF-8, with `%22`, `%0D` and `%0A` for a quote and a line break; older ones and curl write
/// `\"`. A backslash before anything else stands for itself, as in `C:\photo.jpg`. `filename*` (RFC 8187), which some
/// clients send against RFC 7578, counts before `filename`.
struct PartDisposition: Equatable {
    let name: String?
    let filename: String?

    /// The most parameters: each is compared with those before it.
    private static let maximumParameters = 16

    /// - Throws: ``MultipartError`` `.malformed` for another disposition, a parameter that is none or stands twice, and
    ///   more than 16 of them.
    init(_ field: String) throws {
        var parameters: [(name: String, value: String)] = []
        let bytes = Array(field.utf8)
        var index = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
        let type = FieldText.trim(String(decoding: bytes[..<index], as: UTF8.self)[...])
        guard type.lowercased() == "form-data" else { throw Self.malformed }
        while index < bytes.count {
            index += 1
            guard let (name, value) = try Self.parameter(bytes, &index) else { continue }
            guard parameters.count < Self.maximumParameters, !parameters.contains(where: { $0.name == name }) else {
                throw Self.malformed
            }
            parameters.append((name, value))
        }
        func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
        name = value("name").map(Self.unescape)
        filename = value("filename*").flatMap(Self.extended) ?? value("filename").map(Self.unescape)
    }

    private static var malformed: MultipartError {
        MultipartError(.malformed, "a part's Content-Disposition is no form-data")
    }

    /// Reads a parameter, up to the next `;` or the end; nil for none.
    private static func parameter(_ bytes: [UInt8], _ index: inout Int) throws -> (String, String)? {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "="), bytes[index] != UInt8(ascii: ";") { index += 1 }
        let name = FieldText.trim(String(decoding: bytes[start..<index], as: UTF8.self)[...])
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
            guard name.isEmpty else { throw malformed }
            return nil
        }
        guard FieldText.isToken(name) else { throw malformed }
        index += 1
        let value = try self.value(bytes, &index)
        return (name.lowercased(), value)
    }

    private static func value(_ bytes: [UInt8], _ index: inout Int) throws -> String {
        let quote = UInt8(ascii: "\"")
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < bytes.count, bytes[index] == quote else {
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: ";") { index += 1 }
            return String(FieldText.trim(String(decoding: bytes[start..<index], as: UTF8.self)[...]))
        }
        index += 1
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != quote {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
                bytes[index + 1] == quote || bytes[index + 1] == UInt8(ascii: "\\")
            {
                index += 1
            }
            text.append(bytes[index])
            index += 1
        }
        guard index < bytes.count else { throw malformed }
        index += 1
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index == bytes.count || bytes[index] == UInt8(ascii: ";") else { throw malformed }
        return String(decoding: text, as: UTF8.self)
    }

    /// The three escapes that browsers write.
    private static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }

    /// `utf-8''n%C3%A4he.txt`
    private static func extended(_ value: String) -> String? {
        // By bytes: a quote with a combining mark behind it is another character.
        let parts = value.utf8.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
            .map { Substring($0) }
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        let name = URLEncoding.decodeComponent(parts[2])
        return name.flatMap { $0.utf8.contains(0) ? nil : $0 }
    }
}
