/* Prices that more than one part uses (yellow paper appendix G, EIP-2929, 3860). */
#ifndef STF_GAS_H
#define STF_GAS_H

#define GAS_WARM 100
#define GAS_COLD_ACCOUNT 2600
#define GAS_COLD_SLOT 2100
#define GAS_NEW_ACCOUNT 25000
#define GAS_STIPEND 2300
#define GAS_CREATE 32000
#define GAS_COPY_WORD 3
#define GAS_KECCAK_WORD 6
#define GAS_INIT_CODE_WORD 2

#define MAXIMUM_CODE 24576
#define MAXIMUM_INIT_CODE (2 * MAXIMUM_CODE)

#endif
