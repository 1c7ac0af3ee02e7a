// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "swift-structured-clone",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "StructuredClone", targets: ["StructuredClone"]),
    .library(name: "NodeClone", targets: ["NodeClone"]),
    .library(name: "StructuredCloneCodable", targets: ["StructuredCloneCodable"]),
    .library(name: "BlinkClone", targets: ["BlinkClone"]),
    .library(name: "ElectronClone", targets: ["ElectronClone"]),
    .library(name: "ElectronIPC", targets: ["ElectronIPC"]),
    .library(name: "ElectronIPCSockets", targets: ["ElectronIPCSockets"]),
    .library(name: "CloneDetection", targets: ["CloneDetection"]),
    .library(name: "CloneInspection", targets: ["CloneInspection"]),
    .library(name: "CloneJSON", targets: ["CloneJSON"]),
    .library(name: "StructuredCloneFoundation", targets: ["StructuredCloneFoundation"]),
    .library(name: "StructuredCloneNIO", targets: ["StructuredCloneNIO"]),
    .library(name: "StructuredCloneBigInt", targets: ["StructuredCloneBigInt"]),
    .library(name: "_CloneFixtures", targets: ["_CloneFixtures"]),
    .library(name: "_HeapMeter", targets: ["CHeapMeter"]),
    .executable(name: "clone", targets: ["clone"]),
    .executable(name: "clone-conformance", targets: ["clone-conformance"]),
    .executable(name: "clone-differential", targets: ["clone-differential"]),
    .executable(name: "clone-channel", targets: ["clone-channel"]),
    .executable(name: "clone-fuzz", targets: ["clone-fuzz"]),
    .executable(name: "clone-corpus", targets: ["clone-corpus"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
  ],
  targets: [
    // Unicode properties, for regular expressions: on Linux from the package libicu-dev, on macOS in the SDK.
    .target(
      name: "CICU",
      linkerSettings: [
        .linkedLibrary("icuuc", .when(platforms: [.linux])),
        .linkedLibrary("icucore", .when(platforms: [.macOS])),
      ]
    ),
    // Compression of stored values: from the package libsnappy-dev, or snappy of Homebrew.
    .target(name: "CSnappy", linkerSettings: [.linkedLibrary("snappy")]),
    // Counts allocations, for measurements: a program that links it has another malloc.
    .target(name: "CHeapMeter"),
    // The processor's instruction for memory that is going to be read.
    .target(name: "CPrefetch"),
    .target(name: "StructuredClone", dependencies: ["CICU", "CPrefetch"]),
    // What Node puts around the format.
    .target(name: "NodeClone", dependencies: ["StructuredClone"]),
    // Swift types, straight to and from the wire.
    .target(name: "StructuredCloneCodable", dependencies: ["NodeClone", "StructuredClone"]),
    // What Chromium puts around the format.
    .target(name: "BlinkClone", dependencies: ["StructuredClone", "CSnappy"]),
    // What Electron puts around the format.
    .target(name: "ElectronClone", dependencies: ["StructuredClone"]),
    // What Electron does with the format: ipcRenderer, ipcMain and ports.
    .target(name: "ElectronIPC", dependencies: ["ElectronClone", "StructuredClone"]),
    // The same between programs: Unix-domain sockets, descriptors and the channel of a forked Node child. Nothing else in
    // the package uses SwiftNIO.
    .target(
      name: "ElectronIPCSockets",
      dependencies: [
        "ElectronIPC", "NodeClone", "StructuredClone",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    // Which of all these layers a blob has.
    .target(
      name: "CloneDetection",
      dependencies: ["StructuredClone", "NodeClone", "BlinkClone", "ElectronClone"]),
    .target(name: "CloneInspection", dependencies: ["StructuredClone"]),
    // Values as JSON, with everything or for people.
    .target(name: "CloneJSON", dependencies: ["StructuredClone"]),
    // Bridges to other packages' types, each for those who use them.
    .target(name: "StructuredCloneFoundation", dependencies: ["StructuredClone"]),
    .target(
      name: "StructuredCloneNIO",
      dependencies: ["StructuredClone", .product(name: "NIOCore", package: "swift-nio")]),
    .target(
      name: "StructuredCloneBigInt",
      dependencies: ["StructuredClone", .product(name: "BigInt", package: "BigInt")]),
    .target(name: "CloneGeneration", dependencies: ["StructuredClone"]),
    .target(
      name: "DifferentialTesting", dependencies: ["StructuredClone", "CloneGeneration"],
      resources: [.copy("Oracle")]),
    .executableTarget(
      name: "clone",
      dependencies: [
        "StructuredClone", "NodeClone", "BlinkClone", "ElectronClone", "CloneDetection",
        "CloneInspection", "CloneJSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(
      name: "clone-conformance",
      dependencies: [
        "StructuredClone", "NodeClone", "BlinkClone", "ElectronClone",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(
      name: "clone-differential",
      dependencies: [
        "StructuredClone", "CloneGeneration", "DifferentialTesting", "_CloneFixtures",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    // A child of a Node process that sends back what it receives.
    .executableTarget(name: "clone-channel", dependencies: ["NodeClone"]),
    // Examples of ElectronIPC, which the tests run.
    .executableTarget(
      name: "example-invoke-and-handle", dependencies: ["ElectronIPC", "StructuredClone"],
      path: "Examples/InvokeAndHandle"),
    .executableTarget(
      name: "example-message-ports", dependencies: ["ElectronIPC", "StructuredClone"],
      path: "Examples/MessagePorts"),
    .executableTarget(
      name: "example-progress", dependencies: ["ElectronIPC", "StructuredClone"],
      path: "Examples/Progress"),
    .executableTarget(
      name: "example-cancellation", dependencies: ["ElectronIPC", "StructuredClone"],
      path: "Examples/Cancellation"),
    .executableTarget(
      name: "example-native-helper",
      dependencies: ["ElectronIPC", "ElectronIPCSockets", "StructuredClone"],
      path: "Examples/NativeHelper", exclude: ["app.mjs"]),
    .executableTarget(
      name: "example-forked-child", dependencies: ["ElectronIPCSockets", "StructuredClone"],
      path: "Examples/ForkedChild", exclude: ["parent.mjs"]),
    .executableTarget(
      name: "example-crash",
      dependencies: ["ElectronIPC", "ElectronIPCSockets", "StructuredClone"],
      path: "Examples/Crash", exclude: ["app.mjs"]),
    // Properties that hold for all bytes; the fuzzer, the replay and the tests run the same.
    .target(
      name: "CloneFuzzing",
      dependencies: [
        "StructuredClone", "NodeClone", "BlinkClone", "ElectronClone", "ElectronIPC",
        "CloneDetection", "CloneInspection", "CloneJSON", "CloneGeneration",
        "StructuredCloneCodable", "StructuredCloneFoundation", "StructuredCloneNIO",
        "StructuredCloneBigInt",
      ]),
    .target(name: "CFuzzerRuntime"),
    .executableTarget(
      name: "clone-fuzz", dependencies: ["CloneFuzzing", "CloneGeneration", "CFuzzerRuntime"]),
    .executableTarget(
      name: "clone-corpus",
      dependencies: [
        "CloneFuzzing", "CloneGeneration", "CloneJSON", "CHeapMeter", "_CloneFixtures",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(
      name: "_CloneFixtures",
      path: "Fixtures",
      exclude: ["Generator", "Samples", "README.md"],
      sources: [
        "Fixtures.swift", "Fixtures+Blink.swift", "Fixtures+Codable.swift", "Fixtures+DenoKV.swift",
        "Fixtures+Node.swift", "Hex.swift",
      ],
      resources: [.copy("Corpus"), .copy("Crashes")]
    ),
    .testTarget(
      name: "StructuredCloneTests",
      dependencies: ["StructuredClone", "CloneInspection", "CloneGeneration", "_CloneFixtures"]),
    .testTarget(
      name: "NodeCloneTests", dependencies: ["NodeClone", "StructuredClone", "_CloneFixtures"]),
    .testTarget(
      name: "StructuredCloneCodableTests",
      dependencies: ["StructuredCloneCodable", "NodeClone", "StructuredClone", "_CloneFixtures"]),
    .testTarget(
      name: "BlinkCloneTests", dependencies: ["BlinkClone", "StructuredClone", "_CloneFixtures"]),
    .testTarget(
      name: "ElectronCloneTests",
      dependencies: ["ElectronClone", "StructuredClone", "_CloneFixtures"]),
    .testTarget(
      name: "ElectronIPCTests",
      dependencies: [
        "CloneGeneration", "ElectronIPC", "ElectronIPCSockets", "NodeClone", "ElectronClone",
        "StructuredClone",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      exclude: ["Node"]),
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "StructuredClone", "CloneGeneration", "DifferentialTesting", "_CloneFixtures",
      ]),
    .testTarget(
      name: "CloneDetectionTests",
      dependencies: [
        "CloneDetection", "StructuredClone", "NodeClone", "BlinkClone", "ElectronClone",
        "CloneGeneration", "_CloneFixtures",
      ]),
    .testTarget(
      name: "CloneJSONTests",
      dependencies: [
        "CloneJSON", "StructuredClone", "NodeClone", "BlinkClone", "ElectronClone",
        "CloneDetection", "CloneGeneration", "_CloneFixtures",
      ]),
    .testTarget(
      name: "BridgeTests",
      dependencies: [
        "StructuredClone", "StructuredCloneFoundation", "StructuredCloneNIO",
        "StructuredCloneBigInt", "CloneGeneration",
      ]),
    .testTarget(name: "FuzzingTests", dependencies: ["CloneFuzzing", "_CloneFixtures"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "BlinkClone", "StructuredClone", "CloneInspection", "_CloneFixtures", "clone",
        "clone-conformance", "example-invoke-and-handle", "example-message-ports",
        "example-progress",
        "example-cancellation", "example-native-helper", "example-forked-child",
        "example-crash",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// One list for every Swift target: memory safety is checked by the compiler, and a warning is an
// error, so that neither can creep in unnoticed.
let swiftSettings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
for target in package.targets
where ![
  "CICU", "CPrefetch", "CSnappy", "CHeapMeter", "CFuzzerRuntime",
].contains(target.name) {
  target.swiftSettings = (target.swiftSettings ?? []) + swiftSettings
}
