/* Transactions of the types 0 (with and without EIP-155), 1 (EIP-2930) and 2 (EIP-1559). */
#ifndef STF_TRANSACTION_H
#define STF_TRANSACTION_H

#include "base.h"
#include "rlp.h"

struct transaction {
    uint8_t type;
    int creates;
    address sender, to;
    uint64_t nonce, gas_limit;
    u256 maximum_fee, maximum_priority_fee; /* both the gas price for types 0 and 1 */
    u256 value;
    struct bytes data;
    struct rlp access_list;
    uint64_t intrinsic_gas;
};

/* Decodes an EIP-2718 transaction, recovers its sender, and checks all that does not depend on the state: halts with
 * EXIT_INVALID_TRANSACTION or EXIT_UNSUPPORTED. */
void transaction_decode(struct transaction *transaction, struct bytes encoded, uint64_t chain_id);

#endif
