/// What became of a case.
enum Outcome: Equatable {
    /// It answers as recorded.
    case passed
    /// It doesn't.
    case failed(Mismatch)
    /// It doesn't, on purpose: its quirk is a known deviation.
    case deviating
    /// It asks for something that there is not yet.
    case unsupported(String)
}

/// An exchange that went otherwise than recorded.
struct Mismatch: Equatable {
    /// Its number, from 1.
    var exchange: Int
    /// Its method and target.
    var request: String
    /// What differs from the record.
    var differences: [Difference] = []
    /// Why there is nothing to compare.
    var problem: String?
}

/// The outcomes of all cases, and how they are told.
struct Report {
    /// The counts of one area.
    struct Row: Equatable {
        /// The part of the cases' names before the slash.
        let area: String
        var passed = 0
        var failed = 0
        var deviating = 0
        var unsupported = 0
    }

    /// A row an area, in the order in which they came.
    private(set) var rows: [Row] = []
    /// The cases that failed, by name.
    private(set) var failures: [(name: String, mismatch: Mismatch)] = []
    /// How many cases ask for each thing that there is not yet.
    private(set) var missing: [String: Int] = [:]

    /// No outcomes.
    init() {}

    /// Counts the outcome of a case.
    mutating func add(_ recorded: Case, _ outcome: Outcome) {
        add(recorded.name, area: recorded.area, outcome)
    }

    /// Counts the outcome of the case with that name.
    mutating func add(_ name: String, area: String, _ outcome: Outcome) {
        let index = rows.firstIndex { $0.area == area } ?? rows.endIndex
        if index == rows.endIndex { rows.append(Row(area: area)) }
        switch outcome {
        case .passed: rows[index].passed += 1
        case .failed(let mismatch):
            rows[index].failed += 1
            failures.append((name, mismatch))
        case .deviating: rows[index].deviating += 1
        case .unsupported(let what):
            rows[index].unsupported += 1
            missing[what, default: 0] += 1
        }
    }

    /// How many cases failed.
    var failed: Int { failures.count }

    /// 1 when a case failed, else 0.
    var exitCode: Int32 { failures.isEmpty ? 0 : 1 }

    /// The failures, the table of the areas, what is missing, and the line `N passed, M failed`.
    var text: String {
        let passed = rows.reduce(0) { $0 + $1.passed }
        var lines = failures.flatMap { Self.lines($0.name, $0.mismatch) } + table
        if !missing.isEmpty {
            let list = missing.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
            lines += ["", "unsupported: \(list.joined(separator: ", "))"]
        }
        return (lines + ["", "\(passed) passed, \(failed) failed"]).joined(separator: "\n")
    }

    private static func lines(_ name: String, _ mismatch: Mismatch) -> [String] {
        var lines = ["FAILED \(name), exchange \(mismatch.exchange): \(mismatch.request)"]
        if let problem = mismatch.problem { lines.append("  \(problem)") }
        for difference in mismatch.differences {
            lines += [
                "  \(difference.what)", "    expected  \(difference.expected)", "    got       \(difference.got)",
            ]
        }
        return lines + [""]
    }

    private var table: [String] {
        let columns = ["passed", "failed", "deviating", "unsupported"]
        let width = max(4, rows.map(\.area.count).max() ?? 0)
        func line(_ area: String, _ cells: [String]) -> String {
            let padded = zip(cells, columns).map { String(repeating: " ", count: $1.count + 2 - $0.count) + $0 }
            return area + String(repeating: " ", count: width - area.count) + padded.joined()
        }
        return [line("area", columns)]
            + rows.map { row in
                line(row.area, [row.passed, row.failed, row.deviating, row.unsupported].map(String.init))
            }
    }
}
