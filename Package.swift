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

func program(
    _ name: String, in folder: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
    resources: [Resource] = []
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Sources/\(folder)", exclude: exclude, resources: resources,
        swiftSettings: strict)
}

func tests(of name: String, _ others: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    let subject = Target.Dependency(stringLiteral: name)
    return .testTarget(
        name: name + "Tests", dependencies: [subject] + others, resources: resources, swiftSettings: strict)
}

/// What another package may depend on: each room whose API an application or a tool uses.
let published = [
    "Roost", "RoostCommands", "RoostDatabase", "RoostForms", "RoostHTTP", "RoostMail", "RoostMarkup", "RoostMigrations",
    "RoostPostgres", "RoostProfiler", "RoostSigning", "RoostTemplates",
]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = [
    Target.Dependency.product(name: "Crypto", package: "swift-crypto"),
    Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto"),
]

let package = Package(
    name: "roost",
    products: published.map { .library(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // C
        .systemLibrary(name: "CFCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZLib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCURL", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .systemLibrary(name: "CCMark", providers: [.apt(["libcmark-gfm-dev"])]),
        .target(name: "CRoost"),
        .target(name: "CProfiler"),

        // The rooms, from the ground up: an arrow points down only.
        room("RoostMarkup"),
        room("RoostHTTP", ["RoostMarkup"]),
        room("RoostTemplates", ["RoostMarkup"]),
        room("RoostForms", ["RoostMarkup", "RoostHTTP"]),
        room("RoostCompression", ["CZLib"]),
        room("RoostSigning", ["RoostCompression"] + crypto),
        room("Roost", ["RoostHTTP", "RoostTemplates", "RoostForms", "RoostSigning", "RoostMarkup", log]),
        room("RoostPostgres", ["CLibPQ"]),
        room("RoostMigrations", ["RoostPostgres"]),
        room(
            "RoostDatabase",
            ["Roost", "RoostHTTP", "RoostPostgres", "RoostSigning", "RoostCompression", "RoostMarkup", log]),
        room("RoostMail", ["Roost", "RoostHTTP", "RoostTemplates", "RoostMarkup", "CCURL", log]),
        room(
            "RoostProfiler",
            ["Roost", "RoostHTTP", "RoostMarkup", "RoostSigning", "RoostCompression", "CProfiler", log]),
        room("RoostPool", ["CRoost"]),
        room("RoostGateway", ["RoostHTTP", "CFCGI"]),
        room(
            "RoostCommands",
            [
                "Roost", "RoostHTTP", "RoostTemplates", "RoostMarkup", "RoostDatabase", "RoostPostgres",
                "RoostMigrations", "RoostPool", "RoostGateway", "RoostMail", "RoostSigning", "RoostCompression",
                "RoostProfiler", log, arguments, yaml,
            ]),

        // Applications.
        room(
            "Flasky",
            [
                "Roost", "RoostHTTP", "RoostMarkup", "RoostTemplates", "RoostDatabase", "RoostPostgres", "RoostSigning",
                "RoostForms", "RoostMail", "CCMark", "CGumbo",
            ], resources: [.copy("Templates"), .copy("Static")]),
        program("flasky", in: "FlaskyServer", ["Flasky", "Roost", "RoostCommands", "RoostDatabase", "RoostPostgres", arguments]),
        program("jinja", in: "jinja", ["RoostTemplates", "RoostMarkup"]),
        program(
            "roost-bench", in: "RoostBenchmarks",
            [
                "Roost", "RoostHTTP", "RoostTemplates", "RoostMarkup", "RoostDatabase", "RoostPostgres",
                "RoostCommands", "RoostProfiler", arguments,
            ], exclude: ["Data"], resources: [.copy("Templates")]),
        program(
            "roost-fixture", in: "RoostFixture",
            ["Roost", "RoostHTTP", "RoostCommands", "RoostDatabase", "RoostPostgres"]),

        // Tests.
        tests(of: "RoostMarkup"),
        tests(of: "RoostHTTP", ["RoostMarkup"]),
        tests(of: "RoostTemplates", ["RoostMarkup"]),
        tests(of: "RoostForms", ["RoostHTTP", "RoostMarkup"]),
        tests(of: "RoostCompression"),
        tests(of: "RoostSigning", ["RoostCompression"]),
        tests(of: "RoostMail", ["Roost", "RoostHTTP", "RoostTemplates"]),
        tests(of: "Roost", ["RoostHTTP", "RoostTemplates", "RoostForms", "RoostSigning", "RoostMarkup", log]),
        .testTarget(
            name: "InteropTests",
            dependencies: ["Roost", "RoostHTTP", "RoostTemplates", "RoostSigning", "RoostMarkup", "RoostMigrations"],
            swiftSettings: strict),
        .testTarget(
            name: "TutorialTests",
            dependencies: [
                "Roost", "RoostHTTP", "RoostForms", "RoostTemplates", "RoostMarkup", "RoostMail", "RoostDatabase",
                "RoostPostgres", "RoostMigrations", "RoostCommands",
            ],
            swiftSettings: strict),
        tests(of: "RoostPostgres"),
        tests(of: "RoostMigrations", ["RoostPostgres"]),
        tests(of: "RoostDatabase", ["Roost", "RoostPostgres", "RoostHTTP", "RoostCompression", "RoostSigning"]),
        tests(of: "RoostProfiler", ["Roost", "RoostHTTP", "RoostSigning"]),
        tests(of: "RoostPool", ["CRoost"]),
        tests(of: "RoostGateway", ["RoostHTTP"]),
        tests(of: "RoostCommands", ["Roost", "RoostMail", "flasky", arguments]),
        tests(
            of: "Flasky",
            [
                "Roost", "RoostHTTP", "RoostForms", "RoostTemplates", "RoostMarkup", "RoostMail", "RoostSigning", "RoostPostgres",
                "RoostMigrations", "RoostDatabase", "RoostCommands",
            ]),
        .testTarget(
            name: "ProcessTests",
            dependencies: ["Roost", "RoostCommands", "flasky", "roost-fixture", "roost-bench"], swiftSettings: strict),
    ]
)
