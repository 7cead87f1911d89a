import Koa

extension Session {
    /// Saves it now, whether it has changed or not.
    ///
    /// - Throws: ``SessionError``; what `beforeSave` and the encoding throw.
    public nonisolated(nonsending) func save() async throws {
        _ = values
        try await state.commit(ctx, save: true)
    }

    /// Saves it now if it has changed, or removes it when it was destroyed; what `session()` does at the end unless
    /// ``SessionOptions/autoCommit`` is false.
    ///
    /// - Throws: as ``save()``.
    public nonisolated(nonsending) func commit() async throws {
        try await state.commit(ctx)
    }

    /// The same as ``commit()``.
    public nonisolated(nonsending) func manuallyCommit() async throws {
        try await commit()
    }

    /// Gives it a new id and saves it, values and all; the old id is worth nothing any more, nor is a secret that
    /// `csrf(store: .session)` keeps in it.
    ///
    /// Call it whenever the user gets more rights, when they log in above all: an id that someone else has put into their
    /// browser is then no way into their session. A session in a cookie has no id, and is only saved.
    ///
    /// ```swift
    /// ctx.session["user"] = user.id
    /// try await ctx.session.regenerate()
    /// ```
    ///
    /// - Throws: as ``save()``. The request's session isn't saved then, under neither id.
    public nonisolated(nonsending) func regenerate() async throws {
        _ = values
        try await state.regenerate(ctx)
    }
}
