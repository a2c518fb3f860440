/**
 * What Thimble does on L1: deploy the contracts, commit, prove and execute batches, carry messages.
 *
 * <p>Start with {@link dev.thimble.l1.L1Component}, the loop of the server's component {@code l1}. Each turn it lets
 * {@link dev.thimble.l1.TransactionSender} look after the transactions under way and {@link dev.thimble.l1.BatchSubmitter}
 * ask the contract what comes next. What has to happen is an {@link dev.thimble.l1.Operation} in the {@link dev.thimble.l1.Outbox},
 * a table: a transaction is stored before it is sent, and every transaction of an operation has the operation's nonce, so
 * kill, reorganisation and fee raises can neither repeat nor lose one. {@link dev.thimble.l1.DeploymentCheck} compares the
 * contract with the keys of this build before anything is sent. {@link dev.thimble.l1.CommittedBatches} reads the chain back
 * from L1 calldata alone.
 */
@NullMarked
package dev.thimble.l1;

import org.jspecify.annotations.NullMarked;
