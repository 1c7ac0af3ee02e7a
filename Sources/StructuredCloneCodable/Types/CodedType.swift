import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How the coders treat a type.
enum TypeKind: UInt8 {
  /// By its own `encode(to:)` and `init(from:)`.
  case ordinary
  /// The same, but it is a class, whose instances have an identity.
  case instance
  /// The same, but it is no level of its own: what it wraps is.
  case optional
  case bool, string, double, float
  case int, int8, int16, int32, int64, int128
  case uint, uint8, uint16, uint32, uint64, uint128
  case date, data, url, decimal
  /// A type of this package, which is what it is in the payload.
  case cloneValue
  case array, dictionary, set
  case integers, doubles, strings

  /// Whether a value needs no coder of its own, mostly.
  @inline(__always)
  var isLeaf: Bool {
    switch self {
    case .ordinary, .instance, .optional, .array, .dictionary, .set: false
    default: true
    }
  }
}

/// What is known of a type.
struct CodedType: Sendable {
  let kind: TypeKind
  /// The same type, if it is an array of elements that can be read.
  let decodableArray: (any DecodableArray.Type)?
  /// The same type, if it is an array of elements that can be written.
  let encodableArray: (any EncodableArray.Type)?

  private static let table = TypeTable<CodedType>()

  /// How values of a type are treated.
  @inline(__always)
  static func kind<T>(of type: T.Type) -> TypeKind {
    unsafe table.find(.init(type))?.pointee.value.kind ?? add(type).kind
  }

  /// All that is known of a type.
  static func of<T>(_ type: T.Type) -> CodedType {
    unsafe table.find(.init(type))?.pointee.value ?? add(type)
  }

  @inline(never)
  private static func add<T>(_ type: T.Type) -> CodedType {
    table.add(CodedType(type), for: .init(type))
  }

  private init<T>(_ type: T.Type) {
    kind = CodedType.classify(type)
    decodableArray = kind == .array ? type as? any DecodableArray.Type : nil
    encodableArray = kind == .array ? type as? any EncodableArray.Type : nil
  }

  private static let kinds: [ObjectIdentifier: TypeKind] = [
    ObjectIdentifier(Bool.self): .bool, ObjectIdentifier(String.self): .string,
    ObjectIdentifier(Double.self): .double, ObjectIdentifier(Float.self): .float,
    ObjectIdentifier(Int.self): .int, ObjectIdentifier(Int8.self): .int8,
    ObjectIdentifier(Int16.self): .int16, ObjectIdentifier(Int32.self): .int32,
    ObjectIdentifier(Int64.self): .int64, ObjectIdentifier(Int128.self): .int128,
    ObjectIdentifier(UInt.self): .uint, ObjectIdentifier(UInt8.self): .uint8,
    ObjectIdentifier(UInt16.self): .uint16, ObjectIdentifier(UInt32.self): .uint32,
    ObjectIdentifier(UInt64.self): .uint64, ObjectIdentifier(UInt128.self): .uint128,
    ObjectIdentifier(Date.self): .date, ObjectIdentifier(Data.self): .data,
    ObjectIdentifier(URL.self): .url, ObjectIdentifier(Decimal.self): .decimal,
    ObjectIdentifier([Int].self): .integers, ObjectIdentifier([Double].self): .doubles,
    ObjectIdentifier([String].self): .strings,
  ]

  private static func classify<T>(_ type: T.Type) -> TypeKind {
    if let kind = kinds[ObjectIdentifier(type)] { return kind }
    if type is any PassedValue.Type { return .cloneValue }
    if type is any DecodableArray.Type || type is any EncodableArray.Type { return .array }
    if type is any DictionaryCoding.Type { return .dictionary }
    if type is any SetCoding.Type { return .set }
    if type is any OptionalValue.Type { return .optional }
    return type is AnyObject.Type ? .instance : .ordinary
  }
}

/// An optional.
private protocol OptionalValue {}

extension Optional: OptionalValue {}
