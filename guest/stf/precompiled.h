/* The contracts at 0x01 to 0x0a (yellow paper appendix E, EIP-152, 196, 197, 198, 2565, 1108, 4844). */
#ifndef STF_PRECOMPILED_H
#define STF_PRECOMPILED_H

#include "base.h"

#define PRECOMPILED_CONTRACTS 10

/* Number of the contract at this address, 0 if there is none. */
unsigned precompiled_number(const address *address);

/* Runs it: takes its gas, writes the output. Returns 0 if the gas is not enough or the input is invalid. */
int precompiled_run(unsigned number, struct bytes input, uint64_t *gas, struct bytes *output);

/* One for each contract that is more than a few lines; output at most 64 bytes unless it says otherwise. */
void sha256(uint8_t digest[32], const uint8_t *bytes, size_t length);
void ripemd160(uint8_t digest[20], const uint8_t *bytes, size_t length);
int modexp_gas(struct bytes input, uint64_t *gas);
/* The output is as long as the modulus. */
void modexp(struct bytes input, struct bytes *output);
/* Return 0 if a coordinate is not below p or a point not on the curve. */
int bn254_add(uint8_t output[64], struct bytes input);
int bn254_multiply(uint8_t output[64], struct bytes input);
int bn254_pairing(uint8_t output[32], struct bytes input);
/* The input has 213 bytes. */
void blake2f(uint8_t output[64], const uint8_t input[213]);

#endif
