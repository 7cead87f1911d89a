#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the driver tells each server: `SCENARIO PORT LOOPS`, all of which may be left out.
public struct ServerArguments {
    /// What the server answers with.
    public let scenario: String
    /// 0 lets the system choose.
    public let port: Int
    /// The number of event loops.
    public let loops: Int

    /// Reads the process's arguments; ends the process when they make no sense.
    public init(scenarios: [String]) {
        let arguments = Array(CommandLine.arguments.dropFirst())
        scenario = arguments.first ?? scenarios[0]
        let numbers = arguments.dropFirst().map { Int($0) }
        guard scenarios.contains(scenario), numbers.count <= 2, !numbers.contains(nil) else {
            print("usage: \(CommandLine.arguments[0]) [\(scenarios.joined(separator: " | ")) [PORT [LOOPS]]]")
            exit(2)
        }
        port = numbers.first.flatMap(\.self) ?? 0
        loops = numbers.count > 1 ? numbers[1] ?? 1 : 1
    }

    /// Tells the driver where the server listens.
    public static func announce(port: Int) {
        print("listening on \(port)")
        fflush(nil)
    }
}
