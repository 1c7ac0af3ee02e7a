/// Takes a value, so that the optimizer cannot leave out what made it. An `@inline(never)` alone is not enough.
@inline(never)
@_optimize(none)
package func blackHole<Value>(_ value: Value) {}
