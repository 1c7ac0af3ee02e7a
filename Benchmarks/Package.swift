// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-structured-clone", path: "../"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
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
        .product(name: "StructuredClone", package: "swift-structured-clone"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
