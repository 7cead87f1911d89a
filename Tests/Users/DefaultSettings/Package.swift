// swift-tools-version: 6.2

import PackageDescription

// A user's package with the settings that `swift package init` gives it.
let package = Package(
    name: "DefaultSettings",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "koa", path: "../../..")],
    targets: [
        .executableTarget(name: "Hello", dependencies: [.product(name: "Koa", package: "koa")]),
        .target(
            name: "App",
            dependencies: [
                .product(name: "Koa", package: "koa"),
                .product(name: "KoaKeygrip", package: "koa"),
                .product(name: "KoaLifecycle", package: "koa"),
                .product(name: "KoaRouter", package: "koa"),
            ]
        ),
        .testTarget(name: "AppTests", dependencies: ["App", .product(name: "KoaTesting", package: "koa")]),
    ]
)
