@testable import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ManualClock {
    /// A clock that stands at 1970, so that an input always does the same.
    static var epoch: ManualClock { ManualClock(Date(timeIntervalSince1970: 0)) }
}
