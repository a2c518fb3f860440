/* Merkle Patricia trie (yellow paper, appendix D). Nodes are asked from the host when they are first reached, and hold
 * their encoding: a change of one child of a branch overwrites 32 bytes of it.
 *
 * Keys are 32 bytes in the tries of the state. The tries of a block's lists have shorter ones (the RLP of the index),
 * filled up with zeros; none is the beginning of another one, so that no branch has a value. */
#ifndef STF_TRIE_H
#define STF_TRIE_H

#include "base.h"

enum node_kind { NODE_LEAF, NODE_EXTENSION, NODE_BRANCH };

/* Every node knows the whole key up to its end, not only its part of the path: so splitting a path and merging two is
 * to move start. The fields are the nibbles [start, end) of key. */
struct node {
    uint8_t kind;
    uint8_t dirty;    /* encoding and hash are out of date */
    uint8_t relayout; /* a branch whose encoding cannot be patched */
    uint8_t start, end;
    uint32_t encoded_length;
    uint8_t *encoded; /* a byte in front of it is free, unless it is shorter than 32 bytes */
    hash32 hash;      /* if the encoding has 32 bytes or more */
    hash32 key;       /* leaf, extension */
    struct bytes value;
    struct node *child[16]; /* branch: NULL if empty or not resolved; extension: child[0] */
    uint16_t offset[16];    /* of the child's reference in the encoding, 0 if it is not there */
};

struct trie {
    struct node *root;
    hash32 hash;  /* of the root, when it was last known */
    int announce; /* whether new nodes are told to the host */
};

void trie_open(struct trie *trie, const hash32 *root, int announce);

/* The value, with bytes = NULL if there is none. */
struct bytes trie_find(struct trie *trie, const hash32 *key);

/* The value must stay where it is; the key has this many nibbles. */
void trie_put(struct trie *trie, const hash32 *key, unsigned nibbles, struct bytes value);

/* The key must be there. */
void trie_delete(struct trie *trie, const hash32 *key);

/* Encodes what has changed; gives the hash of the root. */
void trie_commit(struct trie *trie);

/* Root of the trie of a list: index to value. */
struct list_trie {
    struct trie trie;
    uint32_t count;
};
void list_trie_add(struct list_trie *list, struct bytes value);
hash32 list_trie_root(struct list_trie *list);

/* Inside: trie_node.c */
struct node *trie_new_node(enum node_kind kind, const hash32 *key, unsigned start, unsigned end);
struct node *trie_root(struct trie *trie);
/* The child, resolved; key has the nibbles of the path up to and with the child's. NULL if there is none. */
struct node *trie_child(struct node *branch, unsigned index, const hash32 *key, unsigned depth);
struct node *trie_extension_child(struct node *extension);
/* Encodes a node and what is below. */
void trie_encode(struct node *node, int announce);

static inline unsigned nibble(const hash32 *key, unsigned index) {
    return key->bytes[index >> 1] >> (4 & ~(index << 2)) & 15;
}

static inline void set_nibble(hash32 *key, unsigned index, unsigned value) {
    unsigned shift = 4 & ~(index << 2);
    key->bytes[index >> 1] = (uint8_t)((key->bytes[index >> 1] & ~(15u << shift)) | value << shift);
}

#endif
