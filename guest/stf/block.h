/* Execution of a block, and the comparison of everything that its header claims. */
#ifndef STF_BLOCK_H
#define STF_BLOCK_H

#include "header.h"

/* Where the bridge is, if the chain has one. */
extern const address BRIDGE;

/* Executes the block with this index in the batch after the parent, on the current state; gives its header. Halts if
 * any rule is broken. */
void block_execute(struct header *header, struct bytes encoded, const struct header *parent, uint64_t chain_id,
                   uint32_t index);

#endif
