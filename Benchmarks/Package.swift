// swift-tools-version: 6.2

import PackageDescription

// What `scripts/bench` builds and measures.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "probe", type: .dynamic, targets: ["Probe"]),
        .library(name: "BenchmarkSupport", targets: ["BenchmarkSupport"]),
    ],
    traits: ["MongoDB", "MySQL", "PostgreSQL", "Redis"],
    dependencies: [
        .package(
            name: "koa", path: "..",
            traits: [
                .defaults,
                .trait(name: "MongoDB", condition: .when(traits: ["MongoDB"])),
                .trait(name: "MySQL", condition: .when(traits: ["MySQL"])),
                .trait(name: "PostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .trait(name: "Redis", condition: .when(traits: ["Redis"])),
            ]),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .target(name: "Probe"),
        .target(name: "BenchmarkSupport"),
        .executableTarget(
            name: "bench-koa",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "Koa", package: "koa"),
                .product(name: "KoaBody", package: "koa"),
                .product(name: "KoaCompress", package: "koa"),
                .product(name: "KoaMiddleware", package: "koa"),
                .product(name: "KoaRouter", package: "koa"),
            ]
        ),
        .executableTarget(
            name: "bench-sessions",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "Koa", package: "koa"),
                .product(name: "KoaMongo", package: "koa", condition: .when(traits: ["MongoDB"])),
                .product(name: "KoaMySQL", package: "koa", condition: .when(traits: ["MySQL"])),
                .product(name: "KoaPostgres", package: "koa", condition: .when(traits: ["PostgreSQL"])),
                .product(name: "KoaRedis", package: "koa", condition: .when(traits: ["Redis"])),
                .product(name: "KoaSession", package: "koa"),
                .product(name: "KoaSQLite", package: "koa"),
            ]
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
            name: "bench-json",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "Koa", package: "koa"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "bench-router",
            dependencies: ["BenchmarkSupport", .product(name: "KoaRouter", package: "koa")]
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
