@testable import Koa

/// Entity tags and conditional requests. The lines are If-None-Match, ETag, If-Modified-Since, Last-Modified and
/// Cache-Control.
func fuzzConditional(_ input: Input) {
    let fields = input.fields
    func field(_ index: Int) -> String? { fields.indices.contains(index) ? fields[index] : nil }

    let tag = ETag(field(1) ?? "")
    if let tag {
        expect(ETag(tag.description) == tag, "another tag: \(tag)")
        expect(ETag.quoted(tag.description) == tag.description, "quoted twice")
        expect(tag.matchesWeakly(tag) && tag.matchesStrongly(tag) != tag.isWeak, "no match of itself")
    }
    let condition = ETag.Condition(fields[0])
    if let condition {
        expect(!condition.includesStrongly(tag) || condition.includesWeakly(tag), "strong, and not weak")
        if case .tags(let tags) = condition {
            expect(tags.count <= ETag.Condition.maximumTags, "the limit is passed")
            let text = tags.map(\.description).joined(separator: ", ")
            expect(ETag.Condition(text) == condition, "another condition: \(text)")
        }
    }
    let isFresh = Freshness.isFresh(
        ifNoneMatch: fields[0], ifModifiedSince: field(2), cacheControl: field(4),
        etag: field(1), lastModified: field(3)
    )
    // Where both readers know the tag and the list, and nothing else decides, they agree.
    if let condition, let tag, field(2) == nil {
        expect(isFresh == condition.includesWeakly(tag), "fresh: \(isFresh)")
    }
}
