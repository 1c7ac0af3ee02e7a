#ifndef FUZZER_RUNTIME_H
#define FUZZER_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

/// Lets libFuzzer change bytes in place and answers their new number; changes nothing in a program without libFuzzer.
size_t fuzzer_mutate(uint8_t *bytes, size_t count, size_t most);

/// Counts what is taken from the allocator from now on; 0 in a program without a sanitizer, which has no way to.
int fuzzer_heap_install(void);

/// Bytes that were asked for and not given back, of those since the counting began.
int64_t fuzzer_heap_current(void);

/// The most that ``fuzzer_heap_current`` was since the last reset.
int64_t fuzzer_heap_peak(void);

/// Lets the peak begin again at what there is now.
void fuzzer_heap_reset(void);

#endif
