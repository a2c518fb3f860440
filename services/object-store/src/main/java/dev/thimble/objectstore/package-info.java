/**
 * Artifacts by name: put if absent, read, list, delete. Whatever the place (a folder, GCS, S3), an object is stored in
 * the {@linkplain dev.thimble.objectstore.Envelope envelope} that binds every megabyte of it to its name by SHA-256, so
 * that what was damaged, cut short or swapped is reported as {@link dev.thimble.objectstore.CorruptArtifact} before a
 * byte of it is used.
 *
 * <p>Start with {@link dev.thimble.objectstore.ObjectStore} and {@link dev.thimble.objectstore.FolderObjectStore}.
 */
@NullMarked
package dev.thimble.objectstore;

import org.jspecify.annotations.NullMarked;
