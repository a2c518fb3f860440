/* Finding, putting, deleting. The recursion is as deep as the path: at most 64. */
#include "trie.h"

#include "keccak.h"
#include "rlp.h"

void trie_open(struct trie *trie, const hash32 *root, int announce) {
    trie->root = NULL;
    trie->hash = *root;
    trie->announce = announce;
}

/* The first nibble in [from, to) in which the keys differ, or to. */
static unsigned first_difference(const hash32 *a, const hash32 *b, unsigned from, unsigned to) {
    while (from < to && nibble(a, from) == nibble(b, from)) {
        from++;
    }
    return from;
}

struct bytes trie_find(struct trie *trie, const hash32 *key) {
    struct node *node = trie_root(trie);
    for (unsigned depth = 0; node != NULL;) {
        if (node->kind == NODE_BRANCH) {
            node = trie_child(node, nibble(key, depth), key, depth);
            depth++;
        } else if (node->kind == NODE_LEAF) {
            if (hash_equal(&node->key, key)) {
                return node->value;
            }
            break;
        } else if (first_difference(&node->key, key, node->start, node->end) < node->end) {
            break;
        } else {
            depth = node->end;
            node = trie_extension_child(node);
        }
    }
    return (struct bytes){NULL, 0};
}

static struct node *new_leaf(const hash32 *key, unsigned start, unsigned end, struct bytes value) {
    struct node *leaf = trie_new_node(NODE_LEAF, key, start, end);
    leaf->value = value;
    return leaf;
}

/* A branch at nibble index at, behind an extension from start if that is not the same. */
static struct node *new_fork(const hash32 *key, unsigned start, unsigned at, struct node **branch) {
    *branch = trie_new_node(NODE_BRANCH, key, at, at);
    (*branch)->relayout = 1;
    if (at == start) {
        return *branch;
    }
    struct node *extension = trie_new_node(NODE_EXTENSION, key, start, at);
    extension->child[0] = *branch;
    return extension;
}

static void shorten(struct node *node, unsigned start) {
    node->start = (uint8_t)start;
    node->dirty = 1;
}

static struct node *insert(struct node *node, const hash32 *key, unsigned depth, unsigned end, struct bytes value) {
    if (node == NULL) {
        return new_leaf(key, depth, end, value);
    }
    if (node->kind == NODE_BRANCH) {
        unsigned index = nibble(key, depth);
        struct node *child = trie_child(node, index, key, depth);
        node->relayout |= child == NULL;
        node->child[index] = insert(child, key, depth + 1, end, value);
        node->dirty = 1;
        return node;
    }
    unsigned at = first_difference(&node->key, key, node->start, node->end);
    if (at == node->end && node->kind == NODE_LEAF) {
        node->value = value;
        node->dirty = 1;
        return node;
    }
    if (at == node->end) {
        node->child[0] = insert(trie_extension_child(node), key, at, end, value);
        node->dirty = 1;
        return node;
    }
    struct node *branch, *top = new_fork(key, node->start, at, &branch);
    unsigned index = nibble(&node->key, at);
    if (node->kind == NODE_EXTENSION && at + 1u == node->end) {
        branch->child[index] = trie_extension_child(node);
    } else {
        shorten(node, at + 1);
        branch->child[index] = node;
    }
    branch->child[nibble(key, at)] = new_leaf(key, at + 1, end, value);
    return top;
}

void trie_put(struct trie *trie, const hash32 *key, unsigned nibbles, struct bytes value) {
    trie->root = insert(trie_root(trie), key, 0, nibbles, value);
}

/* The node that takes the place of one whose only child this is, from nibble start on. */
static struct node *merge(struct node *child, const hash32 *path, unsigned start, unsigned end) {
    if (child->kind != NODE_BRANCH) {
        shorten(child, start);
        return child;
    }
    struct node *extension = trie_new_node(NODE_EXTENSION, path, start, end);
    extension->child[0] = child;
    return extension;
}

/* The branch without an empty child; what is left if it has only one. */
static struct node *collapse(struct node *branch, const hash32 *key, unsigned depth) {
    unsigned count = 0, last = 0;
    for (unsigned i = 0; i < 16; i++) {
        if (branch->child[i] != NULL || branch->offset[i] != 0) {
            count++;
            last = i;
        }
    }
    if (count > 1) {
        return branch;
    }
    hash32 path = *key;
    set_nibble(&path, depth, last);
    return merge(trie_child(branch, last, &path, depth), &path, depth, depth + 1);
}

static struct node *remove_key(struct node *node, const hash32 *key, unsigned depth) {
    if (node == NULL || (node->kind == NODE_LEAF && !hash_equal(&node->key, key))) {
        fail(EXIT_WRONG_WITNESS, "key to delete is not there");
    }
    if (node->kind == NODE_LEAF) {
        return NULL;
    }
    node->dirty = 1;
    if (node->kind == NODE_EXTENSION) {
        struct node *child = remove_key(trie_extension_child(node), key, node->end);
        node->child[0] = child;
        return child->kind == NODE_BRANCH ? node : merge(child, key, node->start, node->end);
    }
    unsigned index = nibble(key, depth);
    struct node *child = remove_key(trie_child(node, index, key, depth), key, depth + 1);
    node->child[index] = child;
    if (child != NULL) {
        return node;
    }
    node->offset[index] = 0;
    node->relayout = 1;
    return collapse(node, key, depth);
}

void trie_delete(struct trie *trie, const hash32 *key) {
    trie->root = remove_key(trie_root(trie), key, 0);
    if (trie->root == NULL) {
        trie->hash = KECCAK_EMPTY_TRIE;
    }
}

void trie_commit(struct trie *trie) {
    struct node *root = trie->root;
    if (root == NULL || !root->dirty) {
        return;
    }
    trie_encode(root, trie->announce);
    trie->hash = root->hash;
    if (root->encoded_length < 32) {
        keccak(&trie->hash, root->encoded, root->encoded_length);
    }
}

void list_trie_add(struct list_trie *list, struct bytes value) {
    hash32 key = {{0}};
    if (list->count == 0) {
        trie_open(&list->trie, &KECCAK_EMPTY_TRIE, 0);
    }
    const uint8_t *end = rlp_put_u64(key.bytes, list->count++);
    trie_put(&list->trie, &key, 2 * (unsigned)(end - key.bytes), value);
}

hash32 list_trie_root(struct list_trie *list) {
    if (list->count == 0) {
        return KECCAK_EMPTY_TRIE;
    }
    trie_commit(&list->trie);
    return list->trie.hash;
}
