/* Failing and the arena of base.h. */
#include "base.h"

#include "host.h"

#define ARENA_BYTES (192u << 20)

static uint64_t arena[ARENA_BYTES / 8];
static size_t used;

_Noreturn void fail(enum exit_code code, const char *reason) {
    size_t length = 0;
    while (reason[length] != 0) {
        length++;
    }
    note(NOTE_REASON, reason, length);
    thimble_exit((int)code);
}

void *arena_take(size_t bytes) {
    size_t words = (bytes + 7) / 8;
    if (words > ARENA_BYTES / 8 - used) {
        fail(EXIT_MEMORY, "arena");
    }
    void *taken = arena + used;
    used += words;
    return taken;
}

size_t arena_mark(void) {
    return used;
}

void arena_release(size_t mark) {
    memset(arena + mark, 0, (used - mark) * 8);
    used = mark;
}

void arena_reset(void) {
    arena_release(0);
}
