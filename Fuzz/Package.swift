// swift-tools-version: 6.2

import PackageDescription

// The fuzz targets: a package of their own, since what they are built with bars a package from being depended on.
// `scripts/fuzz` builds and runs them.
let package = Package(
    name: "koa-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "koa", path: ".."),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .executableTarget(
            name: "koa-fuzz",
            dependencies: [
                .product(name: "Koa", package: "koa"),
                .product(name: "KoaBody", package: "koa"),
                .product(name: "KoaTesting", package: "koa"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ]
        )
    ]
)
