// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-structured-clone", path: "../"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Without its traits, which need jemalloc.
    .package(url: "https://github.com/ordo-one/benchmark.git", from: "1.38.0", traits: []),
  ],
  targets: [
    // Counts allocations: a program that links it has another malloc.
    .target(name: "CAllocationCounter"),
    // What is measured, for all who measure.
    .target(
      name: "Workloads",
      dependencies: [.product(name: "StructuredClone", package: "swift-structured-clone")]),
    .executableTarget(
      name: "measure",
      dependencies: [.product(name: "StructuredClone", package: "swift-structured-clone")]),
    .executableTarget(
      name: "adversarial",
      dependencies: [
        .product(name: "StructuredClone", package: "swift-structured-clone"),
        .product(name: "CloneInspection", package: "swift-structured-clone"),
        .product(name: "_HeapMeter", package: "swift-structured-clone"),
      ]),
    .executableTarget(
      name: "comparison",
      dependencies: [
        "Workloads",
        .product(name: "StructuredClone", package: "swift-structured-clone"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "baselines",
      dependencies: [
        "CAllocationCounter", "Workloads",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "scaling",
      dependencies: [
        "Workloads",
        .product(name: "StructuredClone", package: "swift-structured-clone"),
        .product(name: "_HeapMeter", package: "swift-structured-clone"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
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
