// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "koa",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Koa", targets: ["Koa"]),
        .library(name: "KoaBody", targets: ["KoaBody"]),
        .library(name: "KoaCompress", targets: ["KoaCompress"]),
        .library(name: "KoaKeygrip", targets: ["KoaKeygrip"]),
        .library(name: "KoaLifecycle", targets: ["KoaLifecycle"]),
        .library(name: "KoaMiddleware", targets: ["KoaMiddleware"]),
        .library(name: "KoaMongo", targets: ["KoaMongo"]),
        .library(name: "KoaMySQL", targets: ["KoaMySQL"]),
        .library(name: "KoaPostgres", targets: ["KoaPostgres"]),
        .library(name: "KoaRedis", targets: ["KoaRedis"]),
        .library(name: "KoaRouter", targets: ["KoaRouter"]),
        .library(name: "KoaSQLite", targets: ["KoaSQLite"]),
        .library(name: "KoaSession", targets: ["KoaSession"]),
        .library(name: "KoaTelemetry", targets: ["KoaTelemetry"]),
        .library(name: "KoaTesting", targets: ["KoaTesting"]),
        .library(name: "KoaViews", targets: ["KoaViews"]),
        .executable(name: "koa-conformance", targets: ["koa-conformance"]),
        .executable(name: "blog", targets: ["blog"]),
        .executable(name: "cluster", targets: ["cluster"]),
        .executable(name: "hello", targets: ["hello"]),
        .executable(name: "rest", targets: ["rest"]),
        .executable(name: "static-site", targets: ["static-site"]),
        .executable(name: "tour", targets: ["tour"]),
        .executable(name: "upload", targets: ["upload"]),
    ],
    traits: [
        .trait(name: "Brotli", description: "br in KoaCompress and KoaBody, by the system's libbrotli"),
        .trait(name: "MongoDB", description: "KoaMongo's store, by the system's libmongoc"),
        .trait(name: "MySQL", description: "KoaMySQL's store, by the system's libmariadb"),
        .trait(name: "PostgreSQL", description: "KoaPostgres' store, by the system's libpq"),
        .trait(name: "Redis", description: "KoaRedis, by the system's libhiredis"),
        .trait(name: "SQLite", description: "KoaSQLite, by the system's libsqlite3; on by default"),
        .trait(name: "Stencil", description: "Stencil's templates in KoaViews"),
        .trait(name: "Zstd", description: "zstd in KoaCompress and KoaBody, by the system's libzstd"),
        .default(enabledTraits: ["SQLite"]),
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
        .systemLibrary(
            name: "CKoaBrotli",
            pkgConfig: "libbrotlienc",
            providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]
        ),
        .systemLibrary(
            name: "CKoaMongo",
            pkgConfig: "libmongoc-1.0",
            providers: [.apt(["libmongoc-dev"]), .brew(["mongo-c-driver@1"])]
        ),
        .systemLibrary(
            name: "CKoaMySQL",
            pkgConfig: "libmariadb",
            providers: [.apt(["libmariadb-dev"]), .brew(["mariadb-connector-c"])]
        ),
        .systemLibrary(name: "CKoaPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .systemLibrary(
            name: "CKoaRedis",
            pkgConfig: "hiredis",
            providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]
        ),
        .systemLibrary(
            name: "CKoaSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),
        .systemLibrary(name: "CKoaZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CKoaZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
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
            name: "KoaBody",
            dependencies: [
                "Koa",
                "KoaCodings",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaCodings",
            dependencies: [
                "CKoaZlib",
                .target(name: "CKoaBrotli", condition: .when(traits: ["Brotli"])),
                .target(name: "CKoaZstd", condition: .when(traits: ["Zstd"])),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaCompress",
            dependencies: [
                "Koa",
                "KoaCodings",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaDatabases",
            dependencies: [
                "KoaSession",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaKeygrip",
            dependencies: [
                "Koa",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaLifecycle",
            dependencies: [
                "Koa",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "KoaMiddleware",
            dependencies: [
                "Koa",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaMongo",
            dependencies: [
                .target(name: "CKoaMongo", condition: .when(traits: ["MongoDB"])),
                "Koa",
                "KoaDatabases",
                "KoaSession",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaMySQL",
            dependencies: [
                .target(name: "CKoaMySQL", condition: .when(traits: ["MySQL"])),
                "Koa",
                "KoaDatabases",
                "KoaSession",
            ]
        ),
        .target(
            name: "KoaPostgres",
            dependencies: [
                .target(name: "CKoaPostgres", condition: .when(traits: ["PostgreSQL"])),
                "Koa",
                "KoaDatabases",
                "KoaSession",
            ]
        ),
        .target(
            name: "KoaRedis",
            dependencies: [
                .target(name: "CKoaRedis", condition: .when(traits: ["Redis"])),
                "Koa",
                "KoaMiddleware",
                "KoaSession",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaRouter",
            dependencies: [
                "Koa",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "KoaSQLite",
            dependencies: [
                "Koa",
                "KoaMiddleware",
                "KoaSession",
                .target(name: "CKoaSQLite", condition: .when(traits: ["SQLite"])),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .target(
            name: "KoaSession",
            dependencies: [
                "Koa",
                "KoaKeygrip",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
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
                "KoaBody",
                "KoaCodings",
                "KoaCompress",
                "KoaKeygrip",
                "KoaMiddleware",
                "KoaRouter",
                "KoaSession",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "blog",
            dependencies: ["KoaBody", "KoaKeygrip", "KoaMiddleware", "KoaRouter", "KoaViews"],
            path: "Examples/blog",
            exclude: ["public", "views"]
        ),
        .executableTarget(
            name: "cluster",
            dependencies: ["KoaBody", "KoaMiddleware", "KoaMySQL", "KoaRedis", "KoaRouter", "KoaSession"],
            path: "Examples/cluster",
            exclude: ["run"]
        ),
        .executableTarget(name: "hello", dependencies: ["Koa"], path: "Examples/hello"),
        .executableTarget(name: "rest", dependencies: ["Koa", "KoaRouter"], path: "Examples/rest"),
        .executableTarget(
            name: "static-site",
            dependencies: ["Koa", "KoaMiddleware"],
            path: "Examples/static-site",
            exclude: ["public"]
        ),
        .executableTarget(name: "tour", dependencies: ["Koa", "KoaKeygrip"], path: "Examples/tour"),
        .executableTarget(name: "upload", dependencies: ["Koa", "KoaBody", "KoaRouter"], path: "Examples/upload"),
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
        .testTarget(
            name: "KoaBodyTests",
            dependencies: [
                "KoaBody",
                "KoaCodings",
                "KoaTesting",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "KoaCodingsTests",
            dependencies: ["KoaCodings", .product(name: "NIOCore", package: "swift-nio")]
        ),
        .testTarget(
            name: "KoaCompressTests",
            dependencies: [
                "KoaCodings",
                "KoaCompress",
                "KoaMiddleware",
                "KoaTesting",
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "KoaDatabasesTests",
            dependencies: [
                "Koa",
                "KoaDatabases",
                "KoaSession",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "KoaKeygripTests",
            dependencies: ["KoaKeygrip", "KoaTesting", .product(name: "Crypto", package: "swift-crypto")]),
        .testTarget(
            name: "KoaLifecycleTests",
            dependencies: [
                "KoaLifecycle",
                "KoaTesting",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "KoaMiddlewareTests",
            dependencies: [
                "KoaBody",
                "KoaKeygrip",
                "KoaMiddleware",
                "KoaRouter",
                "KoaTesting",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "KoaMongoTests",
            dependencies: [
                "Koa",
                "KoaMongo",
                "KoaSession",
                "KoaTesting",
                "StoreChecks",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "KoaMySQLTests",
            dependencies: ["DatabaseTesting", "KoaDatabases", "KoaMySQL", "KoaSession", "StoreChecks"]
        ),
        .testTarget(
            name: "KoaPostgresTests",
            dependencies: ["DatabaseTesting", "KoaDatabases", "KoaPostgres", "KoaSession", "StoreChecks"]
        ),
        .testTarget(
            name: "KoaRedisTests",
            dependencies: [
                "KoaMiddleware",
                "KoaRedis",
                "KoaSession",
                "KoaTesting",
                "StoreChecks",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
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
            name: "KoaSQLiteTests",
            dependencies: [
                "KoaMiddleware",
                "KoaSQLite",
                "KoaTesting",
                "StoreChecks",
                .target(name: "CKoaSQLite", condition: .when(traits: ["SQLite"])),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "DatabaseTesting",
            dependencies: [
                "KoaSession",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/DatabaseTesting"
        ),
        .target(name: "StoreChecks", dependencies: ["KoaSession"], path: "Tests/StoreChecks"),
        .testTarget(
            name: "KoaSessionTests",
            dependencies: [
                "KoaMiddleware",
                "KoaSession",
                "KoaTesting",
                "StoreChecks",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
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
        .testTarget(
            name: "ExamplesTests",
            dependencies: ["blog", "cluster", "rest", "static-site", "tour", "upload", "KoaSession", "KoaTesting"]
        ),
    ]
)

// One list of settings for every target, so that none drifts.
for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .swiftLanguageMode(.v6),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
}
