#include "ping_pong.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int transfer(int descriptor, char *bytes, size_t size, int writes) {
  while (size > 0) {
    ssize_t count = writes ? write(descriptor, bytes, size) : read(descriptor, bytes, size);
    if (count <= 0) return 0;
    bytes += count;
    size -= (size_t)count;
  }
  return 1;
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int ping_pong(size_t size, size_t count, uint64_t *nanoseconds) {
  int pair[2];
  char *bytes = malloc(size);
  if (bytes == NULL) return ENOMEM;
  memset(bytes, 'x', size);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return errno;
  pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) {
    close(pair[0]);
    while (transfer(pair[1], bytes, size, 0) && transfer(pair[1], bytes, size, 1)) {
    }
    _exit(0);
  }
  close(pair[1]);
  int result = 0;
  for (size_t index = 0; index < count && result == 0; index++) {
    uint64_t start = now();
    if (!transfer(pair[0], bytes, size, 1) || !transfer(pair[0], bytes, size, 0)) result = EPIPE;
    nanoseconds[index] = now() - start;
  }
  close(pair[0]);
  waitpid(child, NULL, 0);
  free(bytes);
  return result;
}
