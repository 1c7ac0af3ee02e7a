#include "heap_meter.h"

#include <stdatomic.h>

static _Atomic int64_t current, peak;

int64_t heap_meter_current(void) { return atomic_load_explicit(&current, memory_order_relaxed); }

int64_t heap_meter_peak(void) { return atomic_load_explicit(&peak, memory_order_relaxed); }

void heap_meter_reset(void) { atomic_store_explicit(&peak, heap_meter_current(), memory_order_relaxed); }

#if defined(__GLIBC__)

#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <string.h>

// glibc's own allocator under the names that a program which replaces malloc can call.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

int heap_meter_counts(void) { return 1; }

static void add(int64_t bytes) {
  int64_t now = atomic_fetch_add_explicit(&current, bytes, memory_order_relaxed) + bytes;
  int64_t highest = heap_meter_peak();
  while (now > highest
         && !atomic_compare_exchange_weak_explicit(
             &peak, &highest, now, memory_order_relaxed, memory_order_relaxed)) {
  }
}

static void *noted(void *block) {
  if (block) add((int64_t)malloc_usable_size(block));
  return block;
}

void *malloc(size_t size) { return noted(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return noted(__libc_calloc(count, size)); }

void *memalign(size_t alignment, size_t size) { return noted(__libc_memalign(alignment, size)); }

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  void *block = memalign(alignment, size);
  if (!block) return ENOMEM;
  *result = block;
  return 0;
}

void free(void *block) {
  if (!block) return;
  add(-(int64_t)malloc_usable_size(block));
  __libc_free(block);
}

// Counted as if the old block lived until the new one is filled, whether or not it was moved.
void *realloc(void *block, size_t size) {
  int64_t old = block ? (int64_t)malloc_usable_size(block) : 0;
  void *result = __libc_realloc(block, size);
  if (result) noted(result);
  if (result || size == 0) add(-old);
  return result;
}

#else

int heap_meter_counts(void) { return 0; }

#endif
