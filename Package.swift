// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "koa",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Koa", targets: ["Koa"]),
        .library(name: "KoaKeygrip", targets: ["KoaKeygrip"]),
        .library(name: "KoaLifecycle", targets: ["KoaLifecycle"]),
        .library(name: "KoaMiddleware", targets: ["KoaMiddleware"]),
        .library(name: "KoaRouter", targets: ["KoaRouter"]),
        .library(name: "KoaTelemetry", targets: ["KoaTelemetry"]),
        .library(name: "KoaTesting", targets: ["KoaTesting"]),
        .library(name: "KoaViews", targets: ["KoaViews"]),
        .executable(name: "koa-conformance", targets: ["koa-conformance"]),
        .executable(name: "blog", targets: ["blog"]),
        .executable(name: "hello", targets: ["hello"]),
        .executable(name: "rest", targets: ["rest"]),
        .executable(name: "tour", targets: ["tour"]),
    ],
    traits: [
        .trait(name: "Stencil", description: "StencilEngine in KoaViews"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.1"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/stencilproject/Stencil", from: "0.15.1"),
    ],
    targets: [
        .target(
            name: "Koa",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "DequeModule", package: "swift-collections"),
            ]
        ),
        .target(
            name: "KoaKeygrip",
            dependencies: ["Koa", .product(name: "Crypto", package: "swift-crypto")]
        ),
        .target(
            name: "KoaLifecycle",
            dependencies: [
                "Koa",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "KoaMiddleware", dependencies: ["Koa"]),
        .target(
            name: "KoaRouter",
            dependencies: [
                "Koa",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "KoaTelemetry",
            dependencies: [
                "Koa",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(
            name: "KoaTesting",
            dependencies: [
                "Koa",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaViews",
            dependencies: [
                "Koa",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Stencil", package: "Stencil", condition: .when(traits: ["Stencil"])),
            ]
        ),
        .executableTarget(
            name: "koa-conformance",
            dependencies: [
                "Koa",
                "KoaKeygrip",
                "KoaMiddleware",
                "KoaRouter",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .executableTarget(name: "hello", dependencies: ["Koa"], path: "Examples/hello"),
        .executableTarget(name: "rest", dependencies: ["Koa", "KoaRouter"], path: "Examples/rest"),
        .executableTarget(name: "tour", dependencies: ["Koa", "KoaKeygrip"], path: "Examples/tour"),
        .testTarget(
            name: "KoaTests",
            dependencies: [
                "Koa",
                "KoaTesting",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "KoaKeygripTests", dependencies: ["KoaKeygrip", "KoaTesting"]),
        .testTarget(
            name: "KoaLifecycleTests",
            dependencies: [
                "KoaLifecycle",
                "KoaTesting",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "KoaMiddlewareTests", dependencies: ["KoaMiddleware", "KoaTesting"]),
        .testTarget(
            name: "KoaRouterTests",
            dependencies: [
                "KoaRouter",
                "KoaTesting",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "KoaTelemetryTests",
            dependencies: [
                "KoaMiddleware",
                "KoaRouter",
                "KoaTelemetry",
                "KoaTesting",
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
            ]
        ),
        .testTarget(
            name: "KoaTestingTests",
            dependencies: ["KoaTesting", .product(name: "NIOCore", package: "swift-nio")]
        ),
        .testTarget(name: "KoaViewsTests", dependencies: ["KoaTesting", "KoaViews"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["koa-conformance"],
            exclude: ["Cases"]
        ),
        .testTarget(
            name: "ProtocolTests",
            dependencies: [
                "Koa",
                "KoaTesting",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            exclude: ["Cases"]
        ),
        .testTarget(name: "ExamplesTests", dependencies: ["rest", "tour", "KoaTesting"]),
    ]
)

// One list of settings for every target, so that none drifts.
for target in package.targets {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .swiftLanguageMode(.v6),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
}
