/**
 * The contracts and what Java needs to talk to them.
 *
 * <p>The Solidity sources are in {@code src/main/solidity}; {@link dev.thimble.contracts.ContractArtifact} carries their
 * compiled form, which is committed in {@code artifacts} and compared with a fresh compilation by a test.
 * {@link dev.thimble.contracts.NewBatch} and {@link dev.thimble.contracts.StoredBatch} are a batch on L1 and compute its
 * commitment and public input; {@link dev.thimble.contracts.WithdrawalTree} and
 * {@link dev.thimble.contracts.MessageQueue} are the reference of the messages between the layers. The byte layouts are
 * in {@code docs/formats-l1.md}.
 */
@NullMarked
package dev.thimble.contracts;

import org.jspecify.annotations.NullMarked;
