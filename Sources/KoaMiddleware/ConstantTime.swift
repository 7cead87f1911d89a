/// Comparisons whose time says nothing about where two values differ.
enum ConstantTime {
    /// Whether a value that came from outside is the expected one. The time depends on the length of what came alone.
    static func isEqual(_ given: some Collection<UInt8>, to expected: some Collection<UInt8>) -> Bool {
        let expected = Array(expected)
        let given = Array(given)
        // Against an empty one each byte is compared with 0, and the lengths tell.
        let against = expected.isEmpty ? [0] : expected
        var difference = given.count ^ expected.count
        for (index, byte) in given.enumerated() {
            difference |= Int(byte ^ against[index % against.count])
        }
        return difference == 0
    }
}
