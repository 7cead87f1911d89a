extension Application {
    /// A client that sends requests to this application in memory, without a socket.
    ///
    /// ```swift
    /// @Test func greets() async throws {
    ///     let response = try await makeApp().test.get("/")
    ///     #expect(response.status == 200)
    ///     #expect(response.text == "Hello World")
    /// }
    /// ```
    ///
    /// Each use makes a new client. ``TestClient/live(options:)`` of it goes over a socket, by the same methods.
    public var test: TestClient { TestClient(self) }
}
