// What this package asks of Snappy: single blocks, without framing. No type of Snappy appears here.
#ifndef CSNAPPY_H
#define CSNAPPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Reads from the beginning of a block how many bytes it claims to hold. The claim is not checked.
bool csnappy_uncompressed_length(const uint8_t *block, size_t count, size_t *length);

/// Decompresses a block to exactly as many bytes as it claims to hold; false if it does not hold them.
bool csnappy_uncompress(const uint8_t *block, size_t count, uint8_t *output, size_t length);

/// The most bytes that a block of so many bytes can take.
size_t csnappy_max_compressed_length(size_t count);

/// Compresses bytes to a block, for which there is room for the most that it can take; answers how many it took.
size_t csnappy_compress(const uint8_t *bytes, size_t count, uint8_t *block);

#endif
