/* Input: n as a 32-bit little-endian integer. Output: n and the n-th Fibonacci number modulo 2^64, little-endian. */
#include "thimble.h"

#define EXIT_MALFORMED 1

int main(void) {
    const uint8_t *input;
    size_t length;
    read_input(&input, &length);
    if (length != 4) {
        return EXIT_MALFORMED;
    }
    uint32_t n;
    memcpy(&n, input, 4);
    uint64_t current = 0, next = 1;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t sum = current + next;
        current = next;
        next = sum;
    }
    write_output((const uint8_t *)&n, sizeof n);
    write_output((const uint8_t *)&current, sizeof current);
    return 0;
}
