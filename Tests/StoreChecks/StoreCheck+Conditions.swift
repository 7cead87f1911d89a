import KoaSession

extension StoreCheck {
    static let conditions = [
        StoreCheck("a new session is saved only where there is none") { store in
            let id = store.id()
            guard case .saved = try await store.save(id, ["a": 1], if: .absent) else {
                throw StoreFailure("the first was refused")
            }
            try require(await store.save(id, ["a": 2], if: .absent) == .refused, "the second was saved")
            try require(await store.load(id)?.content == ["a": 1], "the second has replaced the first")
        },
        StoreCheck("an unchanged session is saved, and tells its new revision") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            let saving = try await store.save(id, ["a": 2], if: .unchanged(store.revision(id)))
            guard case .saved(let revision) = saving else { throw StoreFailure("it was refused") }
            try require(await store.load(id)?.revision == revision, "it tells another revision than it has")
            try require(await store.load(id)?.content == ["a": 2], "it has the old content")
        },
        StoreCheck("a session that was changed meanwhile is refused") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            let revision = try await store.revision(id)
            try await store.save(id, ["a": 2])
            try require(await store.save(id, ["a": 3], if: .unchanged(revision)) == .refused, "it was saved")
            try require(await store.load(id)?.content == ["a": 2], "the refused content is there")
        },
        StoreCheck("a destroyed session doesn't come back by saving it as unchanged") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            let revision = try await store.revision(id)
            try await store.store.destroy(id)
            try require(await store.save(id, ["a": 2], if: .unchanged(revision)) == .refused, "it was saved")
            try require(await store.load(id) == nil, "it is back")
        },
        StoreCheck("saving in any case replaces what others have saved") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            try await store.save(id, ["a": 2], if: .always)
            try require(await store.load(id)?.content == ["a": 2], "it has the old content")
        },
    ]

    static let parallel = [
        StoreCheck("of many that save an unchanged session at a time, one may") { store in
            let id = store.id()
            try await store.save(id, ["n": 0])
            let revision = try await store.revision(id)
            let savings = try await withThrowingTaskGroup(of: SessionSaving.self) { group in
                for number in 1...20 {
                    group.addTask { try await store.save(id, ["n": JSON(number)], if: .unchanged(revision)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let saved = savings.filter { $0 != .refused }.count
            try require(saved == 1, "\(saved) were saved")
        },
        StoreCheck("of many that create a session at a time, one may") { store in
            let id = store.id()
            let savings = try await withThrowingTaskGroup(of: SessionSaving.self) { group in
                for number in 1...20 {
                    group.addTask { try await store.save(id, ["n": JSON(number)], if: .absent) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let saved = savings.filter { $0 != .refused }.count
            try require(saved == 1, "\(saved) were saved")
        },
        StoreCheck("parallel requests that try again until they are saved lose no update") { store in
            let id = store.id()
            try await store.save(id, ["n": 0])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...8 {
                    group.addTask {
                        while true {
                            guard let record = try await store.load(id), let revision = record.revision else {
                                throw StoreFailure("the session is gone")
                            }
                            let count = (record.content["n"]?.int ?? 0) + 1
                            let saving = try await store.save(id, ["n": JSON(count)], if: .unchanged(revision))
                            if saving != .refused { return }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await store.load(id)?.content["n"]
            try require(count == 8, "it counts \(String(describing: count))")
        },
    ]
}
