#ifndef CPREFETCH_PREFETCH_H
#define CPREFETCH_PREFETCH_H

/// Asks the processor to bring memory near, and does not wait. Any address will do: one that is not there is ignored.
static inline void prefetch_memory(const void *_Nullable address) {
  __builtin_prefetch(address);
}

#endif
