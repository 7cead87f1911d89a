// error: Sendable|concurren

import Koa

final class Keeper: Sendable {
    let ctx: Context
    init(_ ctx: Context) { self.ctx = ctx }
}
