import FoundationEssentials
import Koa

/// Reads files of cases.
enum CaseFile {
    /// The cases of every `.txt` file beside the tests, by file name.
    static let all: [ProtocolCase] = {
        do {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            return try names.filter { $0.hasSuffix(".txt") }.flatMap { name in
                let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                return try cases(of: text, file: String(name.dropLast(4)))
            }
        } catch {
            // Without cases the suite fails, and tells why.
            problem.value = "\(error)"
            return []
        }
    }()

    /// Why there are no cases.
    static let problem = Shared<String?>(nil)

    /// The cases of a file's text.
    static func cases(of text: String, file: String) throws(CaseProblem) -> [ProtocolCase] {
        var cases: [ProtocolCase] = []
        var draft: Draft?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do {
                if line.last == " " || line.last == "\t" { throw CaseProblem("a line ends in white space") }
                if line.isEmpty || line.hasPrefix("#") { continue }
                if line.hasPrefix("[") {
                    if draft != nil { throw CaseProblem("the case before has no end") }
                    if cases.contains(where: { $0.name == line }) { throw CaseProblem("two cases of one name") }
                    draft = Draft(name: String(line))
                } else if let end = ProtocolCase.End(rawValue: String(line)), let done = draft {
                    cases.append(try done.finished(end, file))
                    draft = nil
                } else {
                    guard draft != nil else { throw CaseProblem("no case has begun here") }
                    try draft?.take(line)
                }
            } catch {
                throw CaseProblem("\(file).txt:\(index + 1): \(error)")
            }
        }
        if draft != nil { throw CaseProblem("\(file).txt: the last case has no end") }
        return cases
    }

    /// A case whose lines are being read.
    private struct Draft {
        let name: String
        var bytes: [UInt8] = []
        var answers: [ProtocolCase.Answer] = []
        var interim = 0

        init(name: String) { self.name = name }

        mutating func take(_ line: Substring) throws(CaseProblem) {
            if let text = line.behind(">> ") {
                bytes += try CaseText.unescape(text)
            } else if line == ">" {
                bytes += Array("\r\n".utf8)
            } else if let text = line.behind("> ") {
                bytes += try CaseText.unescape(text) + Array("\r\n".utf8)
            } else if let text = line.behind("< ") {
                try answer(text)
            } else {
                throw CaseProblem("a line that is none of a case")
            }
        }

        private mutating func answer(_ text: Substring) throws(CaseProblem) {
            let words = text.split(separator: " ", maxSplits: 1)
            let seen = words.count > 1 ? Latin1.decode(try CaseText.unescape(words[1])) : nil
            if text == "100" {
                interim += 1
            } else if words[0] == "-", seen != nil {
                answers.append(.init(status: nil, seen: seen))
            } else if let status = Int(words[0]), (200...599).contains(status) {
                answers.append(.init(status: status, seen: seen))
            } else {
                throw CaseProblem("no status")
            }
        }

        func finished(_ end: ProtocolCase.End, _ file: String) throws(CaseProblem) -> ProtocolCase {
            guard name.contains("] ") else { throw CaseProblem("write [rfc section] name") }
            guard !bytes.isEmpty else { throw CaseProblem("a case that sends nothing") }
            return ProtocolCase(file: file, name: name, bytes: bytes, answers: answers, interim: interim, end: end)
        }
    }
}

extension Substring {
    /// What follows a beginning; nil when the text has another one.
    fileprivate func behind(_ start: String) -> Substring? {
        hasPrefix(start) ? dropFirst(start.count) : nil
    }
}
