// swift-tools-version: 6.2
import PackageDescription

/// Every target of the project is built with these; warnings are errors on all of them.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// What the console starts with is built with these, too. Types are looked up by the functions that make them, not by name:
/// by name, the runtime looks through all conformances of the program for each of them, which is a fifth of a start. SwiftPM
/// lets no package depend on a library that is built so: `CloudAPI` isn't.
let quickToStart: [SwiftSetting] =
  strict + [.unsafeFlags(["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"])]

/// The program is one large file whose addresses are set at each start: packed, they take less time, and names that no other
/// file asks for needn't be looked through.
let quickToLoad: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld"] + ["-z", "pack-relative-relocs", "--no-export-dynamic"].flatMap { ["-Xlinker", $0] },
    .when(platforms: [.linux]))
]

let bitCollections = Target.Dependency.product(name: "BitCollections", package: "swift-collections")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
  name: "skydeck",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "CloudAPI", targets: ["CloudAPI"]),
    .executable(name: "skydeck", targets: ["skydeck"]),
    .executable(name: "skydeck-simulator", targets: ["skydeck-simulator"]),
    .executable(name: "skydeck-benchmark", targets: ["skydeck-benchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // Which characters are harmful, for all others.
    .target(name: "TextSafety", swiftSettings: strict),

    // How other programs are started: those that print keys, and editors.
    .target(name: "ChildProgram", swiftSettings: quickToStart),

    // The client core and what stands on it.
    .target(
      name: "CloudAPI",
      dependencies: [
        "TextSafety", httpTypes,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .target(
      name: "CloudProfiles", dependencies: ["ChildProgram", "CloudAPI", "TextSafety", "Yams"], exclude: ["README.md"],
      swiftSettings: quickToStart),
    .target(name: "CloudChanges", dependencies: ["CloudAPI", "TextSafety"], swiftSettings: quickToStart),
    .target(name: "CloudAccess", dependencies: ["CloudAPI", "CloudChanges"], swiftSettings: quickToStart),
    .target(
      name: "CloudViewModels", dependencies: ["CloudAPI", "CloudAccess", "CloudChanges", "TextSafety", bitCollections],
      swiftSettings: quickToStart),
    .target(name: "CloudSimulator", dependencies: ["CloudAPI", httpTypes], swiftSettings: strict),

    // The terminal: values, then the one module that knows ncurses.
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CDispatchMain"),
    .target(name: "TerminalUI", dependencies: ["TextSafety"], swiftSettings: quickToStart),
    .target(
      name: "NcursesTerminal", dependencies: ["CDispatchMain", "CNcurses", "ChildProgram", "TerminalUI"],
      swiftSettings: quickToStart),
    .target(
      name: "CloudConsole",
      dependencies: [
        "CloudAPI", "CloudAccess", "CloudChanges", "CloudProfiles", "CloudViewModels", "TerminalUI", "TextSafety",
      ],
      exclude: ["README.md"], swiftSettings: quickToStart),

    .target(
      name: "CloudCommands",
      dependencies: [
        "CloudAPI", "CloudAccess", "CloudChanges", "CloudProfiles", "CloudSimulator", "CloudViewModels", "TerminalUI",
        httpTypes,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ],
      exclude: ["README.md"], swiftSettings: strict),

    // The programs.
    .target(name: "CGlobalExecutor"),
    .executableTarget(
      name: "skydeck",
      dependencies: [
        "CGlobalExecutor", "ChildProgram", "CloudAPI", "CloudChanges", "CloudCommands", "CloudConsole",
        "CloudProfiles", "CloudSimulator", "CloudViewModels", "NcursesTerminal", "TerminalUI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: quickToStart, linkerSettings: quickToLoad),
    .executableTarget(
      name: "skydeck-simulator",
      dependencies: [
        "CloudAPI", "CloudSimulator", httpTypes,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "skydeck-benchmark",
      dependencies: [
        "TerminalTestSupport", "TerminalUI", "curses-reference", "skydeck", "skydeck-simulator",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "curses-reference",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    // Tests, one folder per target.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "TerminalTestSupport", dependencies: ["TerminalUI", "TestSupport"], path: "Tests/TerminalTestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "terminal-probe", dependencies: ["NcursesTerminal", "TerminalUI"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    .testTarget(
      name: "CloudAPITests",
      dependencies: [
        "CloudAPI", "CloudSimulator", "TestSupport", "skydeck-simulator", httpTypes,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CloudSimulatorTests", dependencies: ["CloudAPI", "CloudSimulator", httpTypes], swiftSettings: strict),
    .testTarget(name: "CloudProfilesTests", dependencies: ["CloudAPI", "CloudProfiles"], swiftSettings: strict),
    .target(
      name: "CloudTestSupport",
      dependencies: ["CloudAPI", "CloudChanges", "CloudSimulator", "CloudViewModels", httpTypes],
      path: "Tests/CloudTestSupport", swiftSettings: strict),
    .testTarget(
      name: "CloudChangesTests",
      dependencies: [
        "CloudAPI", "CloudChanges", "CloudSimulator", "CloudTestSupport", "CloudViewModels", "TestSupport", httpTypes,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CloudAccessTests",
      dependencies: [
        "CloudAPI", "CloudAccess", "CloudChanges", "CloudSimulator", "CloudTestSupport", "TestSupport", httpTypes,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CloudViewModelsTests",
      dependencies: [
        "CloudAPI", "CloudAccess", "CloudChanges", "CloudSimulator", "CloudTestSupport", "CloudViewModels",
        "TestSupport",
        bitCollections, httpTypes,
      ],
      swiftSettings: strict),
    .target(
      name: "CommandTestSupport",
      dependencies: [
        "CloudAPI", "CloudCommands", "CloudSimulator", "CloudTestSupport", "TerminalUI", httpTypes,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/CommandTestSupport", swiftSettings: strict),
    .testTarget(
      name: "CloudCommandsTests",
      dependencies: [
        "CloudAPI", "CloudChanges", "CloudCommands", "CloudProfiles", "CloudSimulator", "CloudTestSupport",
        "CloudViewModels", "CommandTestSupport", "TerminalUI", httpTypes,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalUITests", dependencies: ["TerminalTestSupport", "TerminalUI", "TestSupport", "TextSafety"],
      swiftSettings: strict),
    .testTarget(
      name: "NcursesTerminalTests",
      dependencies: ["NcursesTerminal", "TerminalTestSupport", "TerminalUI", "TestSupport", "terminal-probe"],
      swiftSettings: strict),
    .testTarget(
      name: "CloudConsoleTests",
      dependencies: [
        "CloudAPI", "CloudChanges", "CloudConsole", "CloudProfiles", "CloudSimulator", "CloudTestSupport",
        "CloudViewModels", "TerminalUI", "TestSupport", httpTypes,
      ],
      exclude: ["Screens"],
      swiftSettings: strict),
    .testTarget(
      name: "skydeckTests",
      dependencies: [
        "CloudCommands", "CloudConsole", "CloudProfiles", "CloudSimulator", "CommandTestSupport", "skydeck",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["TerminalTestSupport", "TerminalUI", "TestSupport", "skydeck", "skydeck-simulator"],
      swiftSettings: strict),
  ]
)
