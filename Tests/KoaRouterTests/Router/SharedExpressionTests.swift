import Dispatch
import Foundation
import RegexBuilder
import Synchronization
import Testing

@testable import KoaRouter

/// What notes whether an expression is asked by two at a time.
private final class Overlaps: Sendable {
    private let inside = Atomic<Int>(0)
    private let found = Atomic<Int>(0)

    var count: Int { found.load(ordering: .relaxed) }

    func visit() {
        if inside.add(1, ordering: .sequentiallyConsistent).oldValue > 0 { found.add(1, ordering: .relaxed) }
        // Waits a while for another.
        for _ in 0..<50_000 where inside.load(ordering: .sequentiallyConsistent) > 1 { break }
        inside.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// An expression whose transform visits.
    func expression() -> sending Regex<(Substring, Substring)> {
        Regex {
            TryCapture(OneOrMore(.word)) { text in
                self.visit()
                return text
            }
        }
    }
}

@Suite("A regular expression that requests share")
struct SharedExpressionTests {
    private func ask(_ isMatch: @escaping @Sendable () -> Bool) {
        let threads = DispatchGroup()
        for _ in 0..<2 {
            threads.enter()
            Thread.detachNewThread {
                for _ in 0..<20 { #expect(isMatch()) }
                threads.leave()
            }
        }
        threads.wait()
    }

    @Test("as a host rule runs for one at a time")
    func host() {
        let overlaps = Overlaps()
        let rule = HostRule.matching(overlaps.expression())
        ask { rule.allows("example") }
        #expect(overlaps.count == 0)
    }

    @Test("as a constraint runs for one at a time")
    func constraint() {
        let overlaps = Overlaps()
        let constraint = ParameterConstraint.matching(overlaps.expression())
        ask { constraint.isMet(by: "example") }
        #expect(overlaps.count == 0)
    }

    @Test("as a path runs for one at a time")
    func path() {
        let overlaps = Overlaps()
        let expression = RouteExpression(overlaps.expression())
        ask { expression.groups("/example") != nil }
        #expect(overlaps.count == 0)
    }
}
