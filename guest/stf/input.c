#include "input.h"

static const uint8_t *take(struct input *input, size_t length) {
    if (length > (size_t)(input->end - input->at)) {
        fail(EXIT_INPUT, "input too short");
    }
    const uint8_t *taken = input->at;
    input->at += length;
    return taken;
}

void input_open(struct input *input) {
    size_t length;
    read_input(&input->at, &length);
    input->end = input->at + length;
}

uint32_t input_word(struct input *input) {
    return load_le32(take(input, 4));
}

uint64_t input_long(struct input *input) {
    return load_le64(take(input, 8));
}

struct bytes input_blob(struct input *input) {
    uint32_t length = input_word(input);
    struct bytes blob = {take(input, length), length};
    for (size_t rest = -(size_t)length & 3; rest > 0; rest--) {
        if (*take(input, 1) != 0) {
            fail(EXIT_INPUT, "padding is not zero");
        }
    }
    return blob;
}

void input_close(const struct input *input) {
    if (input->at != input->end) {
        fail(EXIT_INPUT, "input too long");
    }
}
