// Tells the thread sanitizer what Synchronization.Mutex does when it has to wait. On Linux that happens in a library that is
// not instrumented, and a program of ten lines that counts under a mutex is reported. To be preloaded: these two functions
// come before the library's, and call them.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void LockSlow(uint32_t, __attribute__((swift_context)) void *);
typedef __attribute__((swiftcall)) void UnlockSlow(__attribute__((swift_context)) void *);

// The sanitizer's; missing in the programs that start the tests.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

LockSlow lockSlow __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void lockSlow(uint32_t thread, __attribute__((swift_context)) void *mutex) {
  static LockSlow *next;
  if (!next) next = (LockSlow *)dlsym(RTLD_NEXT, LOCK_SLOW);
  next(thread, mutex);
  if (__tsan_acquire) __tsan_acquire(mutex);
}

UnlockSlow unlockSlow __asm__(UNLOCK_SLOW);
__attribute__((swiftcall)) void unlockSlow(__attribute__((swift_context)) void *mutex) {
  static UnlockSlow *next;
  if (!next) next = (UnlockSlow *)dlsym(RTLD_NEXT, UNLOCK_SLOW);
  if (__tsan_release) __tsan_release(mutex);
  next(mutex);
}
