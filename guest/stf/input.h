/* Reads the input format of README.md; anything else halts with EXIT_INPUT. */
#ifndef STF_INPUT_H
#define STF_INPUT_H

#include "base.h"

struct input {
    const uint8_t *at, *end;
};

void input_open(struct input *input);
uint32_t input_word(struct input *input);
uint64_t input_long(struct input *input);
struct bytes input_blob(struct input *input);
void input_close(const struct input *input);

#endif
