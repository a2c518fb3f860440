/**
 * The operator's side of the rollup. It follows an L2 node, stores its blocks, seals them into batches, makes each batch's
 * witness input, offers batches to gateways and takes their proofs, and shows all of it over JSON-RPC and a web page.
 *
 * <p>Start with {@link dev.thimble.server.ThimbleServer}, which runs the {@link dev.thimble.server.Component components}.
 * They share nothing but the database ({@link dev.thimble.server.BlockTable}, {@link dev.thimble.server.BatchTable}) and the
 * object store, so each may run in a process of its own, and any of them may be killed at any time.
 */
@NullMarked
package dev.thimble.server;

import org.jspecify.annotations.NullMarked;
