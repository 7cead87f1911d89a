// swift-tools-version: 6.2

import PackageDescription

// What `scripts/bench` builds and measures; a package of its own, so that Koa's users never resolve what it depends on.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    products: [.library(name: "probe", type: .dynamic, targets: ["Probe"])],
    dependencies: [
        .package(name: "koa", path: ".."),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .target(name: "Probe"),
        .target(name: "BenchmarkSupport"),
        .executableTarget(
            name: "bench-koa",
            dependencies: ["BenchmarkSupport", .product(name: "Koa", package: "koa")]
        ),
        .executableTarget(
            name: "bench-nio",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .executableTarget(
            name: "bench-hummingbird",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "bench-json",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "Koa", package: "koa"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
    ]
)

// One list of settings for every target, so that none drifts.
for target in package.targets where target.name != "Probe" {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .swiftLanguageMode(.v6),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
}
