import KoaSession

extension StoreCheck {
    static let contents = [
        StoreCheck("an id that was never saved is no session") { store in
            try require(await store.load(store.id()) == nil, "there is one")
        },
        StoreCheck("what was saved is loaded, in its order") { store in
            let id = store.id()
            let content: JSONObject = [
                "views": 1, "name": "小龙 \u{1F409}", "list": [1, 2.5, true, nil], "a": ["b": "c"],
            ]
            try await store.save(id, content)
            let found = try await store.load(id)?.content
            try require(found == content, "it is \(String(describing: found))")
            try require(found.map { Array($0.keys) } == Array(content.keys), "the keys are in another order")
        },
        StoreCheck("quotes, backslashes, control characters and a NUL are kept") { store in
            let id = store.id()
            let content: JSONObject = [
                "text": "it's \"quoted\" \\ and \u{0} \n\r\t\u{1} %s ${x} 'or 1=1; --",
                "key with 'quotes' and .dots$": 1,
            ]
            try await store.save(id, content)
            let found = try await store.load(id)?.content
            try require(found == content, "it is \(String(describing: found))")
        },
        StoreCheck("an empty session is one") { store in
            let id = store.id()
            try await store.save(id, [:])
            try require(await store.load(id)?.content == [:], "there is none")
        },
        StoreCheck("numbers keep their value: large integers, fractions, negative ones") { store in
            let id = store.id()
            let content: JSONObject = [
                "_expire": 1_700_000_000_123, "large": 9_007_199_254_740_991, "small": -1, "half": 0.5, "zero": 0,
            ]
            try await store.save(id, content)
            let found = try await store.load(id)?.content
            try require(found == content, "they are \(String(describing: found))")
        },
        StoreCheck("a session of 100 KB is kept") { store in
            let id = store.id()
            let content: JSONObject = ["text": .string(String(repeating: "0123456789", count: 10_000))]
            try await store.save(id, content)
            try require(await store.load(id)?.content == content, "it isn't the same")
        },
        StoreCheck("saving again replaces all") { store in
            let id = store.id()
            try await store.save(id, ["a": 1, "b": 2])
            try await store.save(id, ["c": 3])
            try require(await store.load(id)?.content == ["c": 3], "something is left")
        },
        StoreCheck("a destroyed session is gone, and destroying none is no error") { store in
            let id = store.id()
            try await store.save(id, ["a": 1])
            try await store.store.destroy(id)
            try require(await store.load(id) == nil, "it is still there")
            try await store.store.destroy(id)
        },
    ]
}
