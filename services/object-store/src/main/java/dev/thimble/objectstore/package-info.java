/** Artifacts in a folder, GCS or S3. */
@NullMarked
package dev.thimble.objectstore;

import org.jspecify.annotations.NullMarked;
