import Testing

@testable import KoaRouter

@Suite("Lists of captured ranges")
struct CaptureRangesTests {
    private func ranges(_ count: Int32) -> [Range<Int32>] { (0..<count).map { $0..<($0 * 2 + 1) } }

    @Test("keep what was added, in its order, however many", arguments: Int32(0)...9)
    func order(count: Int32) {
        var list = CaptureRanges()
        for range in ranges(count) { list.append(range) }
        #expect(list.count == Int(count))
        #expect((0..<list.count).map { list[$0] } == ranges(count))
    }

    @Test("lose the last one and take another", arguments: Int32(1)...9)
    func removal(count: Int32) {
        var list = CaptureRanges()
        for range in ranges(count) { list.append(range) }
        list.removeLast()
        #expect(list.count == Int(count) - 1)
        list.append(100..<200)
        #expect((0..<list.count).map { list[$0] } == ranges(count - 1) + [100..<200])
    }
}
