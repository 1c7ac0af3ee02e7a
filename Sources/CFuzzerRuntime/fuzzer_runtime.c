#include "fuzzer_runtime.h"

#include <stdatomic.h>

// The functions of libFuzzer and of the sanitizers, where the program was linked with them.
#if defined(__APPLE__)

#include <dlfcn.h>
#define RUNTIME(name) ((__typeof__(&name))dlsym(RTLD_DEFAULT, #name))
#define OPTIONAL

#else

#define RUNTIME(name) (&name)
#define OPTIONAL __attribute__((weak))

#endif

extern size_t LLVMFuzzerMutate(uint8_t *, size_t, size_t) OPTIONAL;
extern int __sanitizer_install_malloc_and_free_hooks(
    void (*)(const volatile void *, size_t), void (*)(const volatile void *)) OPTIONAL;
extern size_t __sanitizer_get_allocated_size(const volatile void *) OPTIONAL;

size_t fuzzer_mutate(uint8_t *bytes, size_t count, size_t most) {
  __typeof__(&LLVMFuzzerMutate) mutate = RUNTIME(LLVMFuzzerMutate);
  return mutate ? mutate(bytes, count, most) : count;
}

static _Atomic int64_t current, peak;
static __typeof__(&__sanitizer_get_allocated_size) allocated_size;

static void noted(const volatile void *block, size_t size) {
  (void)block;
  int64_t now = atomic_fetch_add_explicit(&current, (int64_t)size, memory_order_relaxed) + (int64_t)size;
  int64_t highest = fuzzer_heap_peak();
  while (now > highest
         && !atomic_compare_exchange_weak_explicit(&peak, &highest, now, memory_order_relaxed, memory_order_relaxed)) {
  }
}

static void forgotten(const volatile void *block) {
  if (!block) return;
  atomic_fetch_sub_explicit(&current, (int64_t)allocated_size(block), memory_order_relaxed);
}

int fuzzer_heap_install(void) {
  __typeof__(&__sanitizer_install_malloc_and_free_hooks) install = RUNTIME(__sanitizer_install_malloc_and_free_hooks);
  allocated_size = RUNTIME(__sanitizer_get_allocated_size);
  return install && allocated_size && install(noted, forgotten) ? 1 : 0;
}

int64_t fuzzer_heap_current(void) { return atomic_load_explicit(&current, memory_order_relaxed); }

int64_t fuzzer_heap_peak(void) { return atomic_load_explicit(&peak, memory_order_relaxed); }

void fuzzer_heap_reset(void) { atomic_store_explicit(&peak, fuzzer_heap_current(), memory_order_relaxed); }
