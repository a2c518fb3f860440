/* The two programs as a library of the machine that compiles: input, output, hints and notes by callbacks, exit by
 * longjmp. See README.md. */
#include <setjmp.h>
#include <string.h>

#include "../base.h"
#include "../programs.h"

typedef void write_callback(uint32_t stream, const uint8_t *bytes, size_t length);
typedef void hint_callback(uint32_t words[8]);

static struct {
    const uint8_t *input;
    size_t length;
    write_callback *write;
    hint_callback *hint;
    uint8_t *output;
    size_t output_length;
    int exit_code;
    jmp_buf end;
} run;

void read_input(const uint8_t **bytes, size_t *length) {
    *bytes = run.input;
    *length = run.length;
}

void write_output(const uint8_t *bytes, size_t length) {
    if (length > 32 - run.output_length) {
        thimble_exit(THIMBLE_EXIT_OUTPUT);
    }
    memcpy(run.output + run.output_length, bytes, length);
    run.output_length += length;
}

_Noreturn void thimble_exit(int code) {
    run.exit_code = code;
    longjmp(run.end, 1);
}

void thimble_write(uint32_t stream, const void *bytes, size_t length) {
    run.write(stream, bytes, length);
}

void thimble_hint(uint32_t words[8]) {
    run.hint(words);
}

__attribute__((visibility("default"))) int thimble_native_run(const char *program, const uint8_t *input, size_t length,
                                                              write_callback *write, hint_callback *hint,
                                                              uint8_t output[32]) {
    int (*start)(void) = strcmp(program, "stf") == 0          ? stf_program
                         : strcmp(program, "state-test") == 0 ? state_test_program
                                                              : NULL;
    if (start == NULL) {
        return -1;
    }
    run.input = input, run.length = length, run.write = write, run.hint = hint;
    run.output = output, run.output_length = 0;
    memset(output, 0, 32);
    arena_reset();
    if (setjmp(run.end) == 0) {
        run.exit_code = start();
    }
    return run.exit_code;
}
