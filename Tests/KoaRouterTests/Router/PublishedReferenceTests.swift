import Testing

@testable import KoaRouter

@Suite("A reference that is set once")
struct PublishedReferenceTests {
    private final class Thing: Sendable {
        let number: Int
        init(_ number: Int) { self.number = number }
    }

    @Test("is nil, then the first object, and never another one")
    func first() {
        let reference = PublishedReference<Thing>()
        #expect(reference.object == nil)
        reference.publish(Thing(1))
        reference.publish(Thing(2))
        #expect(reference.object?.number == 1)
    }

    @Test("keeps its object as long as it lives, and no longer")
    func lifetime() {
        weak var thing: Thing?
        weak var refused: Thing?
        do {
            let reference = PublishedReference<Thing>()
            reference.publish(Thing(1))
            thing = reference.object
            #expect(thing != nil)
            do {
                let second = Thing(2)
                refused = second
                reference.publish(second)
            }
            #expect(refused == nil)
            withExtendedLifetime(reference) {}
        }
        #expect(thing == nil)
    }

    @Test("is the same object for all who set it at once")
    func race() async {
        let reference = PublishedReference<Thing>()
        let seen = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<64 {
                group.addTask {
                    reference.publish(Thing(number))
                    return reference.object?.number
                }
            }
            return await group.reduce(into: Set<Int?>()) { $0.insert($1) }
        }
        #expect(seen.count == 1)
        #expect(seen.first ?? nil != nil)
    }
}
