/**
 * Artifacts in buckets. {@link dev.thimble.objectstorecloud.ObjectStores} opens any place by its address;
 * {@link dev.thimble.objectstorecloud.CloudObjectStore} keeps objects in Amazon S3 (or what speaks its protocol) and in
 * Google Cloud Storage, through Apache OpenDAL. Signatures, tokens and the wire formats are OpenDAL's; what an object is,
 * its envelope and what a caller sees are those of {@code object-store}.
 */
@NullMarked
package dev.thimble.objectstorecloud;

import org.jspecify.annotations.NullMarked;
