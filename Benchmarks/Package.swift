// swift-tools-version: 6.2
import PackageDescription

let codec: Target.Dependency = .product(
  name: "StructuredClone", package: "swift-structured-clone")
let nodeClone: Target.Dependency = .product(
  name: "NodeClone", package: "swift-structured-clone")
let electronIPC: [Target.Dependency] = [
  .product(name: "ElectronIPC", package: "swift-structured-clone"),
  .product(name: "ElectronIPCSockets", package: "swift-structured-clone"),
]
let codable: Target.Dependency = .product(
  name: "StructuredCloneCodable", package: "swift-structured-clone")
let heapMeter: Target.Dependency = .product(
  name: "_HeapMeter", package: "swift-structured-clone")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-structured-clone", path: "../"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    // Without its traits, which need jemalloc.
    .package(url: "https://github.com/ordo-one/benchmark.git", from: "1.38.0", traits: []),
  ],
  targets: [
    // Counts allocations: a program that links it has another malloc.
    .target(name: "CAllocationCounter"),
    // What is measured, for all who measure.
    .target(
      name: "Workloads",
      dependencies: [codec, nodeClone]),
    .executableTarget(
      name: "measure",
      dependencies: [codec]),
    .executableTarget(
      name: "access",
      dependencies: [
        codec,
        .product(name: "CloneJSON", package: "swift-structured-clone"),
      ]),
    .executableTarget(
      name: "adversarial",
      dependencies: [
        codec,
        .product(name: "CloneInspection", package: "swift-structured-clone"),
        heapMeter,
      ]),
    .executableTarget(
      name: "comparison",
      dependencies: [
        "Workloads",
        codec, nodeClone,
        argumentParser,
      ]),
    .executableTarget(
      name: "coders",
      dependencies: ["Workloads", codable, codec, argumentParser]),
    .executableTarget(
      name: "baselines",
      dependencies: [
        "CAllocationCounter", "Workloads",
        argumentParser,
      ]),
    .executableTarget(
      name: "carriers",
      dependencies: [
        "Workloads",
        codec,
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    .target(name: "CPingPong"),
    .executableTarget(
      name: "ipc",
      dependencies: ["CPingPong", "Workloads", codec, argumentParser] + electronIPC),
    .executableTarget(
      name: "costs",
      dependencies: ["Workloads", codec, codable, heapMeter]),
    .executableTarget(
      name: "soak", dependencies: ["Workloads", codec, argumentParser] + electronIPC),
    .executableTarget(
      name: "scaling",
      dependencies: [
        "Workloads",
        codec,
        heapMeter,
        argumentParser,
      ]),
    .executableTarget(
      name: "CodecBenchmarks",
      dependencies: [
        "CAllocationCounter", "Workloads",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/CodecBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
