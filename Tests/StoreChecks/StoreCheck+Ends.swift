import KoaSession

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StoreCheck {
    /// Their times are far apart, for stores whose database has a clock of its own: what is over is never saved as ending
    /// in the future.
    static let ends = [
        StoreCheck("a session whose time is over is none") { store in
            let id = store.id()
            try await store.save(id, ["a": 1], lasting: -60)
            try require(await store.load(id) == nil, "it is still there")
        },
        StoreCheck("a new session may take the id of one whose time is over") { store in
            let id = store.id()
            try await store.save(id, ["a": 1], lasting: -60)
            guard case .saved = try await store.save(id, ["a": 2], if: .absent) else {
                throw StoreFailure("it was refused")
            }
            try require(await store.load(id)?.content == ["a": 2], "it isn't there")
        },
        StoreCheck("a new session may take the id of one whose time is over while that is removed") { store in
            for _ in 0..<50 {
                let id = store.id()
                try await store.save(id, ["a": 1], lasting: -60)
                async let removal = store.store.removeExpired(at: store.after(0))
                let saving = try await store.save(id, ["a": 2], if: .absent)
                _ = try await removal
                try require(saving != .refused, "it was refused")
                try require(await store.load(id)?.content == ["a": 2], "it isn't there")
            }
        },
        StoreCheck("touching puts off the end, and leaves alone what others saved") { store in
            let id = store.id()
            try await store.save(id, ["a": 1], lasting: 60)
            try await store.save(id, ["a": 2], lasting: 60)
            try require(
                await store.store.touch(id, ["a": 1], until: store.after(7200), at: store.after(0)), "it isn't there")
            let record = try await store.load(id)
            try require(record?.content == ["a": 2], "it has the content that was touched with")
            if let expires = record?.expires {
                try require(abs(expires.timeIntervalSince(store.after(7200))) < 2, "it ends at \(expires)")
            }
        },
        StoreCheck("touching doesn't bring back what was destroyed or is over") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            try await store.store.destroy(id)
            try require(
                await !store.store.touch(id, ["a": 1], until: store.after(60), at: store.after(0)),
                "it says it is there")
            try require(await store.load(id) == nil, "it is back")
            let other = store.id()
            try await store.save(other, ["a": 1], lasting: -60)
            try require(
                await !store.store.touch(other, ["a": 1], until: store.after(60), at: store.after(0)),
                "one that is over says it is there")
            try require(await store.load(other) == nil, "one that is over is back")
        },
        StoreCheck("a session whose time is over isn't saved as unchanged") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            let revision = try await store.revision(id)
            try await store.save(id, ["a": 1], lasting: -60)
            try require(await store.save(id, ["a": 2], if: .unchanged(revision)) == .refused, "it was saved")
        },
        StoreCheck("removing what is over leaves the others") { store in
            let (over, other) = (store.id("over"), store.id("other"))
            try await store.save(over, ["a": 1], lasting: -60)
            try await store.save(other, ["a": 2])
            try await store.store.removeExpired(at: store.after(0))
            try require(await store.load(over) == nil, "it is still there")
            try require(await store.load(other)?.content == ["a": 2], "the other is gone")
        },
    ]

    static let names = [
        StoreCheck("ids with quotes, slashes, dots and all kinds of signs are kept apart") { store in
            let tail = store.id("")
            let ids = [
                "it's", "\"quoted\"", "back\\slash", "../../etc/passwd", "..", ".", "a/b", "a:b", "a b", "a*", "a?",
                "[a]",
                "%", "_", "a%2Fb", "A", "a", "a;b", "$where", "{}", "${jndi}", "-n",
            ].map { $0 + tail }
            for (number, id) in ids.enumerated() { try await store.save(id, ["n": JSON(number)]) }
            for (number, id) in ids.enumerated() {
                let found = try await store.load(id)?.content["n"]
                try require(found == JSON(number), "\(id) is \(String(describing: found)), not \(number)")
            }
            for id in ids { try await store.store.destroy(id) }
        },
        StoreCheck("an id of 255 bytes is kept whole") { store in
            let tail = store.id("")
            let long = String(repeating: "x", count: 254 - tail.utf8.count) + tail
            try await store.save(long + "a", ["n": 1])
            try await store.save(long + "b", ["n": 2])
            try require(await store.load(long + "a")?.content == ["n": 1], "it is another's")
            try require(await store.load(long + "b")?.content == ["n": 2], "it is another's")
        },
    ]
}
