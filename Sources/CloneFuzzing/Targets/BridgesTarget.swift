import BigInt
import Foundation
import NIOCore
import StructuredClone
import StructuredCloneBigInt
import StructuredCloneFoundation
import StructuredCloneNIO

/// Values and payloads as types of other packages, and back: what a bridge accepts comes back the same.
struct BridgesTarget {
  let calls: FuzzCalls
  private let delegate = FuzzEmbedder()

  init(calls: FuzzCalls) { self.calls = calls }

  func run(_ input: FuzzInput) {
    let payload = input.payload
    let value = try? CloneValue(decoding: payload, delegate: delegate)
    checkReading(payload, value, offset: Int(input.options.first ?? 0) % 16)
    check(.string(FuzzText.string(payload, form: input.options.first ?? 0)))
    check(.bigint(CloneBigInt(isNegative: payload.count & 1 != 0, magnitude: payload)))
    guard let value else { return }
    checkWriting(value)
    check(value)
    for part in parts(of: value).prefix(64) { check(part) }
  }

  /// Payloads in the buffers of others are read as those in arrays.
  private func checkReading(_ payload: [UInt8], _ value: CloneValue?, offset: Int) {
    let data = Data([UInt8](repeating: 0xA5, count: offset) + payload)
    let fromData = calls.attempt("CloneValue.init(decoding: Data)") {
      () throws(CloneDecodingError) in
      try CloneValue(decoding: data.dropFirst(offset), delegate: delegate)
    }
    var buffer = ByteBuffer(bytes: [UInt8](repeating: 0xA5, count: offset) + payload)
    buffer.moveReaderIndex(to: offset)
    let fromBuffer = calls.attempt("ByteBuffer.readCloneValue") { () throws(CloneDecodingError) in
      try buffer.readCloneValue(length: payload.count, delegate: delegate)
    }
    calls.require(
      text(of: try? fromData.get()) == text(of: value), "a payload in Data is the same payload")
    calls.require(
      text(of: (try? fromBuffer.get()) ?? nil) == text(of: value),
      "a payload in a ByteBuffer is the same payload")
    calls.require(
      buffer.readableBytes == (value == nil ? payload.count : 0),
      "the reader index is behind the payload, or where it was")
  }

  private func text(of value: CloneValue?) -> String? { value?.debugDescription }

  private func checkWriting(_ value: CloneValue) {
    let expected = try? value.encoded(delegate: delegate)
    var buffer = ByteBuffer(bytes: [1, 2, 3])
    let written = calls.attempt("ByteBuffer.writeCloneValue") { () throws(DataCloneError) in
      try buffer.writeCloneValue(value, delegate: delegate)
    }
    calls.require(
      (try? written.get()) == expected?.count, "as many bytes are written as are answered")
    calls.require(
      Array(buffer.readableBytesView) == [1, 2, 3] + (expected ?? []),
      "a payload is written behind what there was, or nothing")
  }

  /// What a container contains.
  private func parts(of value: CloneValue) -> [CloneValue] {
    switch value {
    case .object(let object): object.values + object.keys.map { .string($0.name) }
    case .array(let array): (0..<min(64, array.count)).map { array[$0] }
    case .map(let map): map.flatMap { [$0.key, $0.value] }
    case .set(let set): Array(set)
    case .error(let error): [error.cause].compactMap { $0 }
    case .boxedPrimitive(let boxed): [boxed.primitive]
    default: []
    }
  }

  private func check(_ value: CloneValue) {
    checkData(value)
    checkDate(value)
    checkIdentifiers(value)
    checkDecimal(value)
    checkBigInt(value)
  }

  private func checkData(_ value: CloneValue) {
    guard let data = try? Data(value) else { return }
    calls.require(
      (try? Data(CloneValue(data))) == data && (try? Data(CloneArrayBuffer(data))) == data,
      "bytes are kept: \(value.debugDescription)")
    calls.require(
      CloneArrayBuffer(ByteBuffer(bytes: data)).bytes.elementsEqual(data),
      "bytes of a ByteBuffer are kept")
  }

  private func checkDate(_ value: CloneValue) {
    guard case .date(let date) = value else { return }
    let converted = try? Date(value)
    calls.require((converted != nil) == date.isValid, "a date is one if it is valid")
    guard let converted else { return }
    calls.require(
      (try? CloneDate(converted))?.millisecondsSince1970 == date.millisecondsSince1970,
      "a millisecond is kept: \(value.debugDescription)")
  }

  private func checkIdentifiers(_ value: CloneValue) {
    if let url = try? calls.measure("URL.init", { try URL(value) }) {
      calls.require(
        (try? URL(CloneValue(url)))?.absoluteString == url.absoluteString, "a URL is kept: \(url)")
    }
    if let uuid = try? UUID(value) {
      calls.require((try? UUID(CloneValue(uuid))) == uuid, "a UUID is kept: \(uuid)")
    }
  }

  private func checkDecimal(_ value: CloneValue) {
    guard let decimal = try? calls.measure("Decimal.init", { try Decimal(value) }) else { return }
    switch value {
    case .number(let number):
      calls.require(
        (try? CloneValue(decimal))?.number == number, "a number is kept: \(number), \(decimal)")
    case .bigint(let integer):
      calls.require(
        (try? CloneBigInt(decimal))?.description == integer.description,
        "an integer is kept: \(integer), \(decimal)")
    default:
      calls.require(
        (try? Decimal(CloneValue(decimal.description))) == decimal, "digits are kept: \(decimal)")
    }
  }

  private func checkBigInt(_ value: CloneValue) {
    guard let integer = try? calls.measure("BigInt.init", { try BigInt(value) }) else { return }
    let again = CloneBigInt(integer)
    switch value {
    case .bigint(let original):
      calls.require(again.description == original.description, "an integer is kept: \(original)")
      calls.require(
        BigUInt(exactly: original).map { CloneBigInt($0) == original }
          ?? original.description.hasPrefix("-"),
        "an integer that is not below zero is kept: \(original)")
    default:
      calls.require(Double(integer) == value.number, "a number is kept: \(integer)")
    }
  }
}
