/* Decoding and encoding of nodes. */
#include <stdalign.h>

#include "host.h"
#include "keccak.h"
#include "rlp.h"
#include "trie.h"

#define KEY_NIBBLES 64
#define EMPTY 0x80
#define HASH 0xa0
#define REFERENCE 33 /* bytes of a hash with its prefix */
#define LEAF_FLAG 2

static _Noreturn void malformed(void) {
    fail(EXIT_WRONG_WITNESS, "malformed trie node");
}

struct node *trie_new_node(enum node_kind kind, const hash32 *key, unsigned start, unsigned end) {
    struct node *node = arena_take(sizeof *node);
    node->kind = (uint8_t)kind;
    node->dirty = 1;
    node->start = (uint8_t)start;
    node->end = (uint8_t)end;
    if (kind != NODE_BRANCH) {
        node->key = *key;
    }
    return node;
}

/* Finds the references of a branch: empty, a hash, or a node of less than 32 bytes. */
static void decode_branch(struct node *node, const uint8_t *at, const uint8_t *end) {
    for (unsigned i = 0; i < 16; i++) {
        if (at >= end) {
            malformed();
        }
        size_t length;
        if (*at == HASH) {
            length = REFERENCE;
        } else if (*at == EMPTY) {
            at++;
            continue;
        } else if (*at >= 0xc0 && *at < 0xc0 + 31) {
            length = 1u + *at - 0xc0;
        } else {
            malformed();
        }
        if (length > (size_t)(end - at)) {
            malformed();
        }
        node->offset[i] = (uint16_t)(at - node->encoded);
        at += length;
    }
    if (end - at != 1 || *at != EMPTY) {
        malformed();
    }
}

/* The path in hex-prefix encoding, put behind the key's first nibbles. */
static void decode_path(struct node *node, struct bytes path, const hash32 *key, unsigned depth) {
    if (path.length == 0 || *path.bytes >= 0x40) {
        malformed();
    }
    unsigned odd = *path.bytes >> 4 & 1;
    size_t nibbles = 2 * (path.length - 1) + odd;
    if (nibbles > KEY_NIBBLES - depth) {
        malformed();
    }
    node->kind = *path.bytes >> 4 & LEAF_FLAG ? NODE_LEAF : NODE_EXTENSION;
    node->start = (uint8_t)depth;
    node->end = (uint8_t)(depth + nibbles);
    node->key = *key;
    if (odd == (depth & 1)) {
        if (odd) {
            set_nibble(&node->key, depth, *path.bytes & 15);
        }
        memcpy(node->key.bytes + (depth + 1) / 2, path.bytes + 1, path.length - 1);
        return;
    }
    for (unsigned i = 0; i < nibbles; i++) {
        unsigned from = i + 2 - odd;
        set_nibble(&node->key, depth + i, path.bytes[from >> 1] >> (from & 1 ? 0 : 4) & 15);
    }
}

static void decode_short(struct node *node, struct rlp list, const hash32 *key, unsigned depth) {
    decode_path(node, rlp_string(&list), key, depth);
    if (node->kind == NODE_LEAF) {
        node->value = rlp_string(&list);
        if (node->end != KEY_NIBBLES) {
            malformed();
        }
    } else {
        struct bytes child = rlp_raw(&list);
        node->offset[0] = (uint16_t)(child.bytes - node->encoded);
        int is_hash = *child.bytes == HASH && child.length == REFERENCE;
        if (node->start == node->end || !(is_hash || (*child.bytes >= 0xc0 && child.length < 32))) {
            malformed();
        }
    }
    rlp_close(&list);
}

static struct node *decode(uint8_t *encoded, size_t length, const hash32 *key, unsigned depth) {
    struct node *node = arena_take(sizeof *node);
    struct rlp rlp = rlp_open((struct bytes){encoded, length}, EXIT_WRONG_WITNESS);
    struct rlp list = rlp_list(&rlp), items = list;
    rlp_close(&rlp);
    if (length > UINT16_MAX) {
        malformed();
    }
    node->encoded = encoded;
    node->encoded_length = (uint32_t)length;
    rlp_raw(&items);
    rlp_raw(&items);
    if (rlp_more(&items)) {
        if (depth >= KEY_NIBBLES) {
            malformed();
        }
        node->kind = NODE_BRANCH;
        decode_branch(node, list.at, list.end);
    } else {
        decode_short(node, list, key, depth);
    }
    return node;
}

static struct node *load(const hash32 *hash, const hash32 *key, unsigned depth) {
    struct blob blob = host_node(hash);
    struct node *node = decode(blob.bytes, blob.length, key, depth);
    node->hash = *hash;
    return node;
}

static struct node *follow(struct node *parent, unsigned slot, const hash32 *key, unsigned depth) {
    if (parent->child[slot] == NULL && parent->offset[slot] != 0) {
        uint8_t *reference = parent->encoded + parent->offset[slot];
        if (*reference == HASH) {
            hash32 hash = hash_from(reference + 1);
            parent->child[slot] = load(&hash, key, depth);
        } else {
            parent->child[slot] = decode(reference, 1u + *reference - 0xc0, key, depth);
        }
    }
    return parent->child[slot];
}

struct node *trie_child(struct node *branch, unsigned index, const hash32 *key, unsigned depth) {
    return follow(branch, index, key, depth + 1);
}

struct node *trie_extension_child(struct node *extension) {
    struct node *child = follow(extension, 0, &extension->key, extension->end);
    if (child->kind != NODE_BRANCH) {
        malformed();
    }
    return child;
}

struct node *trie_root(struct trie *trie) {
    static const hash32 nothing;
    if (trie->root == NULL && !hash_equal(&trie->hash, &KECCAK_EMPTY_TRIE)) {
        trie->root = load(&trie->hash, &nothing, 0);
    }
    return trie->root;
}

/* A new buffer for the encoding, with its list prefix; returns where the payload goes. */
static uint8_t *begin(struct node *node, size_t payload) {
    uint8_t *buffer = (uint8_t *)arena_take(8 + RLP_PREFIX + payload) + 8;
    uint8_t *out = rlp_put_prefix(buffer, 0xc0, payload);
    node->encoded = buffer;
    node->encoded_length = (uint32_t)((size_t)(out - buffer) + payload);
    return out;
}

static size_t reference_length(const struct node *child) {
    return child->encoded_length < 32 ? child->encoded_length : REFERENCE;
}

static uint8_t *put_reference(uint8_t *out, const struct node *child) {
    if (child->encoded_length < 32) {
        memcpy(out, child->encoded, child->encoded_length);
        return out + child->encoded_length;
    }
    *out = HASH;
    memcpy(out + 1, &child->hash, 32);
    return out + REFERENCE;
}

static unsigned encode_path(uint8_t path[33], const struct node *node) {
    unsigned start = node->start, nibbles = node->end - start, odd = nibbles & 1;
    path[0] = (uint8_t)((node->kind == NODE_LEAF ? LEAF_FLAG : 0u) << 4 | odd << 4);
    if (odd) {
        path[0] |= (uint8_t)nibble(&node->key, start);
    }
    if (odd == (start & 1)) {
        memcpy(path + 1, node->key.bytes + (start + 1) / 2, nibbles / 2);
    } else {
        for (unsigned i = 0; i < nibbles / 2; i++) {
            unsigned from = start + odd + 2 * i;
            path[1 + i] = (uint8_t)(nibble(&node->key, from) << 4 | nibble(&node->key, from + 1));
        }
    }
    return 1 + nibbles / 2;
}

static size_t string_length(const uint8_t *bytes, size_t length) {
    uint8_t prefix[RLP_PREFIX];
    return length == 1 && *bytes < 0x80 ? 1 : length + (size_t)(rlp_put_prefix(prefix, 0x80, length) - prefix);
}

/* The reference of a child that was not reached, as it stands in the old encoding. */
static size_t old_reference_length(const uint8_t *reference) {
    return *reference == HASH ? REFERENCE : 1u + *reference - 0xc0;
}

static void encode_short(struct node *node) {
    alignas(4) uint8_t path[36];
    unsigned length = encode_path(path, node);
    size_t path_length = string_length(path, length);
    if (node->kind == NODE_LEAF) {
        uint8_t *out = begin(node, path_length + string_length(node->value.bytes, node->value.length));
        out = rlp_put_string(out, path, length);
        uint8_t *value = rlp_put_string(out, node->value.bytes, node->value.length) - node->value.length;
        node->value.bytes = value;
    } else {
        const uint8_t *old = node->encoded + node->offset[0];
        const struct node *child = node->child[0];
        size_t reference = child != NULL ? reference_length(child) : old_reference_length(old);
        uint8_t *out = begin(node, path_length + reference);
        out = rlp_put_string(out, path, length);
        node->offset[0] = (uint16_t)(out - node->encoded);
        if (child != NULL) {
            put_reference(out, child);
        } else {
            memcpy(out, old, reference);
        }
    }
}

static void encode_branch(struct node *node) {
    const uint8_t *old = node->encoded;
    size_t payload = 1;
    for (unsigned i = 0; i < 16; i++) {
        payload += node->child[i] != NULL ? reference_length(node->child[i])
                   : node->offset[i] != 0 ? old_reference_length(old + node->offset[i])
                                          : 1;
    }
    uint8_t *out = begin(node, payload);
    for (unsigned i = 0; i < 16; i++) {
        uint16_t offset = (uint16_t)(out - node->encoded);
        if (node->child[i] != NULL) {
            out = put_reference(out, node->child[i]);
        } else if (node->offset[i] != 0) {
            size_t length = old_reference_length(old + node->offset[i]);
            memcpy(out, old + node->offset[i], length);
            out += length;
        } else {
            *out++ = EMPTY;
            continue;
        }
        node->offset[i] = offset;
    }
    *out = EMPTY;
    node->relayout = 0;
}

/* Encodes the changed children, and puts their hashes into the encoding as long as that is possible. */
static void encode_children(struct node *node, int announce) {
    for (unsigned i = 0; i < 16; i++) {
        struct node *child = node->child[i];
        if (child == NULL || !child->dirty) {
            continue;
        }
        trie_encode(child, announce);
        uint16_t offset = node->offset[i];
        if (node->relayout || offset == 0 || child->encoded_length < 32 || node->encoded[offset] != HASH) {
            node->relayout = 1;
        } else {
            memcpy(node->encoded + offset + 1, &child->hash, 32);
        }
    }
}

void trie_encode(struct node *node, int announce) {
    if (!node->dirty) {
        return;
    }
    if (node->kind == NODE_BRANCH) {
        encode_children(node, announce);
        if (node->relayout) {
            encode_branch(node);
        }
    } else {
        if (node->kind == NODE_EXTENSION && node->child[0] != NULL) {
            trie_encode(node->child[0], announce);
        }
        encode_short(node);
    }
    node->dirty = 0;
    if (node->encoded_length >= 32) {
        keccak(&node->hash, node->encoded, node->encoded_length);
    }
    if (announce) {
        note_in_place(NOTE_NODE, node->encoded, node->encoded_length);
    }
}
