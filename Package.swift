// swift-tools-version: 6.2
import PackageDescription

/// One set of compiler settings for every room: strict, and a warning is an error.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(of name: String, _ others: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    let subject = Target.Dependency(stringLiteral: name)
    return .testTarget(
        name: name + "Tests", dependencies: [subject] + others, resources: resources, swiftSettings: strict)
}

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = [
    Target.Dependency.product(name: "Crypto", package: "swift-crypto"),
    Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto"),
]

let package = Package(
    name: "roost",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .systemLibrary(name: "CFCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "CRoost"),
        room("RoostMarkup"),
        room("RoostHTTP", ["RoostMarkup"]),
        room("RoostTemplates", ["RoostMarkup"]),
        room("Roost", ["RoostHTTP", "RoostTemplates", "RoostMarkup", log]),
        room("RoostPostgres", ["CLibPQ"]),
        room("RoostMigrations", ["RoostPostgres"]),
        room("RoostPool", ["CRoost"]),
    ]
)
