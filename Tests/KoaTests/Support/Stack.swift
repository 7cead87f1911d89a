import Foundation

/// Runs code on a thread of its own, with a stack of so many bytes. A sanitizer's frames are a few times as large, and
/// get a few times as much.
func onStack<Value: Sendable>(
    of bytes: Int,
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try body() }) }
        thread.stackSize = isSanitized ? 6 * bytes : bytes
        thread.start()
    }
}

/// Whether a sanitizer's runtime is in this process.
private let isSanitized = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
