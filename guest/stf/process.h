/* Execution of a transaction on the state (yellow paper section 6). */
#ifndef STF_PROCESS_H
#define STF_PROCESS_H

#include "evm.h"
#include "transaction.h"

struct receipt {
    int success;
    uint64_t gas_used;
};

/* Executes a transaction in the environment, of which it sets origin and gas price. Halts with EXIT_INVALID_TRANSACTION
 * if it is invalid in this state or needs more than the available gas. The logs stay until the next one. */
struct receipt process_transaction(const struct transaction *transaction, uint64_t available_gas);

/* A call of the protocol itself at the beginning of a block (EIP-4788): no fee, no effect if there is no code. */
void process_system_call(const address *target, const hash32 *input);

#endif
