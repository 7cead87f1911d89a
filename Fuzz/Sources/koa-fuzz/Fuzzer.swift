#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The target that `--target=NAME` chooses; libFuzzer passes over arguments with two dashes, and keeps them for the
/// processes that it starts itself.
private let selected: Target? = {
    let prefix = "--target="
    let name = CommandLine.arguments.last { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
    return Target.all.first { $0.name == name ?? "" }
}()

/// Called by libFuzzer's `main` before all else: `--list` prints each target and its longest input.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ argc: UnsafeMutablePointer<CInt>,
    _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
    if CommandLine.arguments.contains("--list") {
        for target in Target.all { print(target.name, target.maxLength) }
        exit(0)
    }
    guard selected != nil else {
        print("usage: koa-fuzz --list | --target=NAME [libFuzzer's arguments]")
        exit(2)
    }
    return 0
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    selected?.run(Input(bytes: Array(UnsafeBufferPointer(start: bytes, count: count))))
    return 0
}
