import ElectronIPC
import Testing

struct CallTableTests {
  @Test func `each call is taken out once, in any order`() {
    var table = CallTable<String>()
    #expect(table.remove(1) == nil)
    #expect((1...4).map { table.append("\($0)") } == [1, 2, 3, 4])
    #expect(table.remove(3) == "3")
    #expect(table.remove(3) == nil)
    #expect(table.remove(1) == "1")
    #expect(table.remove(5) == nil)
    #expect(table.append("5") == 5)
    #expect([2, 4, 5].map { table.remove($0) } == ["2", "4", "5"])
    #expect([0, 1, 2, 5, 6].map { table.remove($0) } == [nil, nil, nil, nil, nil])
    #expect(table.append("6") == 6)
  }

  /// More calls than the ring has places, of which every hundredth is never answered before the end.
  @Test func `calls that wait for long are kept while others come and go`() {
    var table = CallTable<UInt64>()
    let numbers = UInt64(1)...10_000
    for number in numbers {
      #expect(table.append(number) == number)
      if number % 100 != 0 { #expect(table.remove(number) == number) }
    }
    let waiting = numbers.filter { $0 % 100 == 0 }
    #expect(table.remove(100) == 100)
    #expect(table.remove(10_000) == 10_000)
    #expect(table.remove(101) == nil)
    #expect(table.removeAll { $0 % 200 == 0 } == waiting.filter { $0 % 200 == 0 && $0 < 10_000 })
    #expect(table.removeAll { _ in true } == waiting.filter { $0 % 200 != 0 && $0 > 100 })
    #expect(table.removeAll { _ in true } == [])
    #expect(table.append(0) == 10_001)
  }
}
