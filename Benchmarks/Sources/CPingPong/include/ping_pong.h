#ifndef PING_PONG_H
#define PING_PONG_H

#include <stddef.h>
#include <stdint.h>

/// Sends so many bytes to a child process over a pair of sockets and reads as many back, with blocking calls, and stores
/// the nanoseconds that each round trip took. Gives 0, or the number of the error.
int ping_pong(size_t size, size_t count, uint64_t *nanoseconds);

#endif
