// swift-tools-version: 6.2

import PackageDescription

// The sources of DefaultSettings (by symbolic links), in a package that keeps async functions on their caller's executor.
let package = Package(
    name: "Nonsending",
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

for target in package.targets {
    target.swiftSettings = [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
}
