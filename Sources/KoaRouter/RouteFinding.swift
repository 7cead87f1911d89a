import Koa

/// What one router finds for a request: the layers of its path and method.
///
/// It is filled in where it lies: with all that it holds, copies would cost more than the search.
struct RouteFinding {
    /// Nil as long as no router has been asked.
    private(set) var owner: Router?
    private(set) var router: CompiledRouter?
    private(set) var path = ""
    private(set) var host = ""
    private(set) var lookup = RouteLookup()
    /// What the regular expressions among the layers have captured.
    private(set) var groups: [LayerGroups] = []

    /// Finds the layers of a path and method.
    mutating func find(
        _ path: String, _ method: String, at host: String, by owner: Router, _ router: CompiledRouter
    ) {
        self.owner = owner
        self.router = router
        self.path = path
        self.host = host
        router.find(path, method, at: host, &lookup, &groups)
    }

    /// The layers of the path, whatever their methods: looked up again, since few ask.
    var matched: [CompiledLayer] {
        guard let router else { return [] }
        return router.find(path, at: host).matches.map { router.layers[Int($0.layer)] }
    }

    /// The captures of a layer, by their numbers.
    func captures(of layer: CompiledLayer) -> [String?] {
        if let found = groups.first(where: { $0.layer == layer.index }) { return found.groups.map(\.value) }
        guard let match = lookup.match(of: layer.index) else { return [] }
        var captures = [String?](repeating: nil, count: layer.captureNames.count)
        for (offset, place) in match.captures.enumerated() {
            captures[Int(match.firstCapture) + offset] = text(at: place)
        }
        return captures
    }

    /// Adds the parameters of a layer, percent-decoded.
    ///
    /// Changes nothing here: what is passed to be changed isn't copied.
    mutating func addParameters(of layer: CompiledLayer, to params: inout Params) {
        if let match = lookup.match(of: layer.index) {
            var number = Int(match.firstCapture)
            for place in match.captures {
                params.set(layer.captureNames[number], value(at: place))
                number += 1
            }
        }
        guard let found = groups.first(where: { $0.layer == layer.index }) else { return }
        for (number, group) in found.groups.enumerated() {
            guard let value = group.value, !value.isEmpty else { continue }
            params.set(group.name ?? String(number), Params.decoded(value))
        }
    }

    /// The names of the parameters that the expression of a layer has filled in, in their order.
    func groupNames(of layer: CompiledLayer) -> [String] {
        let found = groups.first { $0.layer == layer.index }?.groups ?? []
        return found.enumerated().compactMap { number, group in
            group.value?.isEmpty == false ? group.name ?? String(number) : nil
        }
    }

    private func text(at place: Int32) -> String {
        var path = path
        return path.withUTF8 { String(decoding: bytes(at: place, of: $0), as: UTF8.self) }
    }

    /// The decoded text of a capture.
    private mutating func value(at place: Int32) -> String {
        let range = lookup.captures[Int(place)]
        let (text, isEncoded) = path.withUTF8 { bytes in
            let bytes = UnsafeBufferPointer(rebasing: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
            return (String(decoding: bytes, as: UTF8.self), bytes.contains(UInt8(ascii: "%")))
        }
        return isEncoded ? Params.decoded(text) : text
    }

    // Cutting the String itself would look for the borders of its characters.
    private func bytes(at place: Int32, of path: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let range = lookup.captures[Int(place)]
        return UnsafeBufferPointer(rebasing: path[Int(range.lowerBound)..<Int(range.upperBound)])
    }
}

/// A group of a regular expression's match.
typealias ExpressionGroup = (name: String?, value: String?)

/// What the regular expression of a layer has captured.
typealias LayerGroups = (layer: Int, groups: [ExpressionGroup])
