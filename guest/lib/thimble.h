/* libthimble: what a program needs to run on Thimble's RISC-V machine.
 *
 * A program defines main(); it gets its input with read_input(), gives at most 32 bytes of public output with
 * write_output() and returns 0. Any other return value makes the run unprovable. */
#ifndef THIMBLE_H
#define THIMBLE_H

#include <stddef.h>
#include <stdint.h>

/* Gives the whole input, in place. */
void read_input(const uint8_t **bytes, size_t *length);

/* Appends to the public output: 32 bytes in all, unwritten ones are 0. More than that halts with THIMBLE_EXIT_OUTPUT. */
void write_output(const uint8_t *bytes, size_t length);

/* Ends the program. Exit code 0 commits the output; any other one cannot be proven. */
_Noreturn void thimble_exit(int code);

/* Prints to the host's debug output. Proves nothing. */
void thimble_print(const char *text);

/* Fills 8 words from the hint stream. The words are anybody's claim: check them. */
void thimble_hint(uint32_t words[8]);

/* Gives bytes to the host: a request or a note. Proves nothing; at most 65536 bytes. */
void thimble_write(uint32_t stream, const void *bytes, size_t length);

#define THIMBLE_EXIT_OUTPUT 101

/* Accelerators: one row for the call and one for each word that is read or written. Numbers are 8 words, least
 * significant first; a point is x and then y. Inputs outside the domain cannot be proven. */

/* Keccak-f[1600] in place. */
void thimble_keccak_permute(uint32_t state[50]);

/* P += Q on secp256k1; coordinates are below p and the x are different. */
void thimble_secp256k1_add(uint32_t p[16], const uint32_t q[16]);

/* P += P on secp256k1; coordinates are below p and y is not 0. */
void thimble_secp256k1_double(uint32_t p[16]);

/* x = x * y mod m, fully reduced; y and then m, which is not 0, lie behind each other. */
void thimble_uint256_mul(uint32_t x[8], const uint32_t y_and_modulus[16]);

/* Keccak-256 with the padding of Ethereum, in software. */
void keccak256(const uint8_t *bytes, size_t length, uint8_t digest[32]);

void *memcpy(void *restrict target, const void *restrict source, size_t length);
void *memmove(void *target, const void *source, size_t length);
void *memset(void *target, int value, size_t length);
int memcmp(const void *left, const void *right, size_t length);

#endif
