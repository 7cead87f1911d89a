// What debuggers and logs show (Koa's toJSON and inspect).

extension Application: CustomDebugStringConvertible {
    /// The settings that matter in a log: `subdomainOffset`, `proxy` and `env`.
    public func toJSON() -> JSON {
        ["subdomainOffset": .number(.init(subdomainOffset)), "proxy": .bool(proxy != .none), "env": .string(env)]
    }

    /// The text of ``toJSON()``.
    public var debugDescription: String { toJSON().description }
}

extension Request: CustomDebugStringConvertible {
    /// Method, URL and header fields.
    public func toJSON() -> JSON {
        ["method": .string(method.rawValue), "url": .string(url), "header": headers.json]
    }

    /// The text of ``toJSON()``.
    public var debugDescription: String { toJSON().description }
}

extension Response: CustomDebugStringConvertible {
    /// Status, message and header fields.
    public func toJSON() -> JSON {
        ["status": .number(.init(status.code)), "message": .string(message), "header": headers.json]
    }

    /// The text of ``toJSON()``, and the body.
    public var debugDescription: String {
        var json = toJSON()
        json["body"] = body.map { .string($0.debugDescription) } ?? .null
        return json.description
    }
}

extension Context: CustomDebugStringConvertible {
    /// The request, the response, the application and the target as it was sent.
    public func toJSON() -> JSON {
        [
            "request": request.toJSON(),
            "response": response.toJSON(),
            "app": app.toJSON(),
            "originalURL": .string(originalURL),
        ]
    }

    /// The text of ``toJSON()``.
    public var debugDescription: String { toJSON().description }
}

extension Headers {
    /// Names in lower case, with one value or a list of them.
    var json: JSON {
        var object = JSONObject()
        for field in fields {
            let name = field.name.lowercased()
            let values = all(name)
            object[name] = values.count == 1 ? .string(field.value) : .array(values.map { .string($0) })
        }
        return .object(object)
    }
}
