import Koa

/// Runs scenarios, one after the other.
struct Runner: Sendable {
    /// The quirks that this project does not follow.
    let deviations: Deviations

    /// Runs all scenarios.
    func run(_ scenarios: [Scenario]) async -> Report {
        var report = Report()
        for scenario in scenarios {
            report.add(scenario.recorded, await outcome(of: scenario))
        }
        return report
    }

    /// Runs one scenario on an application of its own.
    func outcome(of scenario: Scenario) async -> Outcome {
        guard let middleware = scenario.middleware else { return .unsupported(scenario.missing ?? "") }
        let recorded = scenario.recorded
        guard let mismatch = await Self.firstMismatch(recorded, middleware) else { return .passed }
        if let quirk = recorded.quirk, deviations.names(quirk) { return .deviating }
        return .failed(mismatch)
    }

    /// The first exchange that went otherwise than recorded: those behind it may depend on it.
    private static func firstMismatch(_ recorded: Case, _ middleware: [Middleware]) async -> Mismatch? {
        let application: CaseApplication
        do {
            application = try await CaseApplication.start(recorded, middleware)
        } catch {
            return Mismatch(exchange: 1, request: "-", problem: "\(error)")
        }
        defer { application.stop() }
        var jar = CookieJar()
        for (index, exchange) in recorded.exchanges.enumerated() {
            let request = exchange.request
            let title = "\(request.method) \(request.target)"
            application.begin(exchange)
            do {
                let response = try await RawClient.send(
                    request.bytes(cookie: exchange.sendsCookies ? jar.header : nil),
                    method: request.method,
                    port: application.port
                )
                jar.keep(response.values("set-cookie"))
                let comparison = Comparison(exchange: exchange, area: recorded.area)
                let differences = comparison.differences(response, errors: application.occurred)
                if !differences.isEmpty {
                    return Mismatch(exchange: index + 1, request: title, differences: differences)
                }
            } catch {
                return Mismatch(exchange: index + 1, request: title, problem: "\(error)")
            }
        }
        return nil
    }
}
