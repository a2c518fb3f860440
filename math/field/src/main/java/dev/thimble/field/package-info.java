/**
 * The prime field KoalaBear (p = 2^31 - 2^24 + 1), its quartic extension, and bulk arithmetic over arrays.
 *
 * <p>A field element is an {@code int} in Montgomery form (the element times 2^32), always canonical: in [0, p). Code
 * that works on single elements uses {@link dev.thimble.field.KoalaBear} and {@link dev.thimble.field.Ext4}; code that
 * works on columns uses {@link dev.thimble.field.FieldKernels}, which has a scalar twin and a Vector API twin with
 * equal results. {@link dev.thimble.field.Workers} is the fixed pool that proving runs on.
 *
 * <p>Start with {@link dev.thimble.field.KoalaBear}. Design: docs page "Primitives".
 */
@NullMarked
package dev.thimble.field;

import org.jspecify.annotations.NullMarked;
