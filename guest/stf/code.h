/* Contract code: one copy of each, with the positions to which it may jump. */
#ifndef STF_CODE_H
#define STF_CODE_H

#include "base.h"

struct code {
    struct code *next;
    hash32 hash;
    const uint8_t *bytes; /* followed by at least 33 zeros */
    uint32_t size;
    uint32_t analysed;      /* bytes looked at so far; the next one is an instruction */
    uint32_t *jump_targets; /* a bit each */
};

void code_reset(void);
/* The code with this hash, asked from the host on first use. */
struct code *code_find(const hash32 *hash);
/* New code, a copy; told to the host. */
struct code *code_create(const uint8_t *bytes, uint32_t size);
/* A copy that is only run, without hash, at a place of CODE_ROOM(size) bytes. */
#define CODE_PADDING 40 /* a PUSH32 at the end reads 32 bytes behind it, and then a STOP */
#define CODE_ROOM(size) ((((size_t)(size) + CODE_PADDING + 31) & ~(size_t)31) + ((size_t)(size) / 32 + 8) / 8 * 32)
void code_place(struct code *code, const uint8_t *bytes, uint32_t size, uint8_t *place);

/* Whether there is a JUMPDEST instruction at the target. */
int code_is_jump_target(struct code *code, uint32_t target);

#endif
