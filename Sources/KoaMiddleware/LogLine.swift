import Koa

/// The lines that ``logger(_:)`` writes, as koa-logger has them.
struct LogLine {
    /// Whether it has colours, by the escape codes of terminals.
    let isColored: Bool

    /// How a response ended.
    enum Ending {
        case sent
        /// The client went away before.
        case closed
        /// A middleware threw.
        case failed
    }

    /// `  <-- GET /path`
    func request(_ method: String, _ url: String) -> String {
        "  \(paint("<--", .gray)) \(paint(method, .bold)) \(paint(Self.visible(url), .gray))"
    }

    /// `  --> GET /path 200 12ms 1.5kb`
    func response(
        _ method: String, _ url: String, _ ending: Ending, status: Int?, milliseconds: Int, length: Int?
    ) -> String {
        let arrow =
            switch ending {
            case .sent: paint("-->", .gray)
            case .closed: paint("-x-", .yellow)
            case .failed: paint("xxx", .red)
            }
        let code = status.map { paint("\($0)", Color(status: $0)) } ?? paint("-", .yellow)
        let size = status.map([204, 205, 304].contains) == true ? "" : length.map(Self.size) ?? "-"
        return "  \(arrow) \(paint(method, .bold)) \(paint(Self.visible(url), .gray))"
            + " \(code) \(paint(Self.time(milliseconds), .gray))"
            + " \(paint(size, .gray))"
    }

    /// `12ms`, from ten seconds on `12s`, with commas between thousands.
    static func time(_ milliseconds: Int) -> String {
        milliseconds < 10_000 ? grouped(milliseconds) + "ms" : grouped((milliseconds + 500) / 1000) + "s"
    }

    /// `512b`, `1.5kb`: at most two decimals.
    static func size(_ bytes: Int) -> String {
        var (unit, scale) = ("b", 1)
        for (name, next) in [("kb", 1 << 10), ("mb", 1 << 20), ("gb", 1 << 30), ("tb", 1 << 40)] where bytes >= next {
            (unit, scale) = (name, next)
        }
        let hundredths = Int((Double(bytes) / Double(scale) * 100).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(whole)\(unit)" }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(whole).\(digits)\(unit)"
    }

    private static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// Without what a terminal would obey: a client chose the URL.
    private static func visible(_ url: String) -> String {
        var text = ""
        for scalar in url.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            text += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        return text
    }

    private enum Color: Int {
        case bold = 1
        case red = 31
        case green = 32
        case yellow = 33
        case magenta = 35
        case cyan = 36
        case gray = 90

        init(status: Int) {
            self =
                switch status / 100 {
                case 7: .magenta
                case 5: .red
                case 4: .yellow
                case 3: .cyan
                case 1, 2: .green
                default: .yellow
                }
        }
    }

    private func paint(_ text: String, _ color: Color) -> String {
        guard isColored else { return text }
        return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[\(color == .bold ? 22 : 39)m"
    }
}
