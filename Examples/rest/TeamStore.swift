import Koa

/// All teams, in memory: an actor, since requests on different event loops ask it at the same time.
actor TeamStore {
    private struct Entry {
        var team: Team
        var members: [Member] = []
        var lastID = 0
    }

    private var entries: [Slug: Entry] = [:]

    /// All teams, by their names in URLs.
    var teams: [Team] { entries.values.map(\.team).sorted { $0.id.rawValue < $1.id.rawValue } }

    func team(_ id: Slug) throws(StoreError) -> Team { try entry(id).team }

    func add(_ team: Team) throws(StoreError) {
        guard entries[team.id] == nil else { throw .teamExists(team.id) }
        entries[team.id] = Entry(team: team)
    }

    func rename(_ id: Slug, to name: String) throws(StoreError) -> Team {
        var entry = try entry(id)
        entry.team.name = name
        entries[id] = entry
        return entry.team
    }

    func removeTeam(_ id: Slug) throws(StoreError) {
        guard try entry(id).members.isEmpty else { throw .hasMembers(id) }
        entries[id] = nil
    }

    func members(of team: Slug) throws(StoreError) -> [Member] { try entry(team).members }

    func member(_ id: Int, of team: Slug) throws(StoreError) -> Member {
        guard let member = try entry(team).members.first(where: { $0.id == id }) else { throw .noMember(id, of: team) }
        return member
    }

    /// Adds a member under a new number.
    func addMember(to team: Slug, name: String, role: Role) throws(StoreError) -> Member {
        var entry = try entry(team)
        entry.lastID += 1
        let member = Member(id: entry.lastID, name: name, role: role)
        entry.members.append(member)
        entries[team] = entry
        return member
    }

    func replace(_ member: Member, of team: Slug) throws(StoreError) {
        var entry = try entry(team)
        guard let place = entry.members.firstIndex(where: { $0.id == member.id }) else {
            throw .noMember(member.id, of: team)
        }
        entry.members[place] = member
        entries[team] = entry
    }

    func removeMember(_ id: Int, of team: Slug) throws(StoreError) {
        _ = try member(id, of: team)
        entries[team]?.members.removeAll { $0.id == id }
    }

    private func entry(_ id: Slug) throws(StoreError) -> Entry {
        guard let entry = entries[id] else { throw .noTeam(id) }
        return entry
    }
}

/// What the store refuses; an `ErrorStatus` knows which response it is.
enum StoreError: ErrorStatus {
    case noTeam(Slug)
    case noMember(Int, of: Slug)
    case teamExists(Slug)
    case hasMembers(Slug)

    var status: Status {
        switch self {
        case .noTeam, .noMember: .notFound
        case .teamExists, .hasMembers: .conflict
        }
    }

    var message: String {
        switch self {
        case .noTeam(let id): "There is no team \(id.rawValue)."
        case .noMember(let id, let team): "There is no member \(id) in \(team.rawValue)."
        case .teamExists(let id): "There is a team \(id.rawValue) already."
        case .hasMembers(let id): "The team \(id.rawValue) still has members."
        }
    }
}
