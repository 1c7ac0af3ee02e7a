#ifndef HEAP_METER_H
#define HEAP_METER_H

#include <stdint.h>

/// Whether this program counts what it takes from the allocator: linking the meter replaces `malloc` on Linux with
/// glibc, and nothing elsewhere.
int heap_meter_counts(void);

/// Bytes that are allocated now, as the allocator rounds them.
int64_t heap_meter_current(void);

/// The most that was allocated at one time since the last reset.
int64_t heap_meter_peak(void);

/// Lets the peak begin again at what is allocated now.
void heap_meter_reset(void);

#endif
