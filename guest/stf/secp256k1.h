/* Recovery of the signer's address from an ECDSA signature on secp256k1 (SEC 1 section 4.1.6), over the accelerated
 * point additions. */
#ifndef STF_SECP256K1_H
#define STF_SECP256K1_H

#include "base.h"

extern const u256 SECP256K1_HALF_ORDER;

/* Forgets the table of multiples of the generator. */
void secp256k1_reset(void);

/* Gives the address of the key that signed the digest and returns 1; 0 if there is none. */
int secp256k1_recover(address *signer, const hash32 *digest, const u256 *r, const u256 *s, int y_is_odd);

#endif
