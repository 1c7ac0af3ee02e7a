#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

/// Whether this program counts: linking the counter replaces `malloc` on Linux with glibc, and nothing elsewhere.
int allocation_counter_counts(void);

/// How often memory was asked for since the program began, growth of a block included.
int64_t allocation_count(void);

#endif
