/* The program state-test: one transaction on a pre-state. */
#include "host.h"
#include "input.h"
#include "keccak.h"
#include "programs.h"

#define VERSION 1
#define ENVIRONMENT_BYTES 92

int state_test_program(void) {
    struct input input;
    input_open(&input);
    if (input_word(&input) != VERSION) {
        fail(EXIT_INPUT, "version");
    }
    input_long(&input);
    struct bytes root = input_blob(&input);
    struct bytes environment = input_blob(&input);
    input_blob(&input);
    input_close(&input);
    if (root.length != 32 || environment.length != ENVIRONMENT_BYTES) {
        fail(EXIT_INPUT, "length of root or environment");
    }
    hash32 pre = hash_from(root.bytes);
    if (!hash_equal(&pre, &KECCAK_EMPTY_TRIE)) {
        host_node(&pre);
    }
    fail(EXIT_INVALID_TRANSACTION, "transactions are not executed yet");
}

int stf_program(void) {
    fail(EXIT_UNSUPPORTED, "blocks are not executed yet");
}
