#include "CSnappy.h"

#include <snappy-c.h>

bool csnappy_uncompressed_length(const uint8_t *block, size_t count, size_t *length) {
  return snappy_uncompressed_length((const char *)block, count, length) == SNAPPY_OK;
}

bool csnappy_uncompress(const uint8_t *block, size_t count, uint8_t *output, size_t length) {
  size_t room = length;
  return snappy_uncompress((const char *)block, count, (char *)output, &room) == SNAPPY_OK &&
         room == length;
}

size_t csnappy_max_compressed_length(size_t count) { return snappy_max_compressed_length(count); }

size_t csnappy_compress(const uint8_t *bytes, size_t count, uint8_t *block) {
  size_t room = snappy_max_compressed_length(count);
  return snappy_compress((const char *)bytes, count, (char *)block, &room) == SNAPPY_OK ? room : 0;
}
