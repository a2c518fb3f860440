// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPlonkVerifier} from "./IPlonkVerifier.sol";
import {MessageBridge} from "./MessageBridge.sol";
import {Roles} from "./Roles.sol";

/// A rollup on L1. The operator commits batches with their data as calldata, proves them in order with one PLONK
/// proof each, and executes proven ones, which opens their withdrawals. A batch is bound by its commitment, a hash
/// over everything that the proof is about; only what is proven can be executed, only what is unproven be reverted.
contract ThimbleChain is MessageBridge {
    /// What the operator says about a new batch. Roots and counts are those after its last block.
    struct NewBatch {
        uint64 number;
        uint64 firstBlock;
        uint64 lastBlock;
        uint64 firstTimestamp;
        uint64 lastTimestamp;
        bytes32 blockHash;
        bytes32 stateRoot;
        uint64 messageCount;
        bytes32 messageRollingHash;
        bytes32 withdrawalRoot;
        bytes data;
    }

    /// What later steps need of a batch; the contract keeps its hash only.
    struct StoredBatch {
        uint64 number;
        uint64 lastBlock;
        uint64 lastTimestamp;
        uint64 messageCount;
        bytes32 blockHash;
        bytes32 stateRoot;
        bytes32 withdrawalRoot;
        bytes32 commitment;
    }

    /// Digests of the keys below the PLONK key. circuitsSetHash is the second public input of every proof.
    struct VerifierParams {
        bytes32 nodeKeyHash;
        bytes32 leafKeyHash;
        bytes32 circuitsSetHash;
    }

    struct Genesis {
        uint64 timestamp;
        bytes32 blockHash;
        bytes32 stateRoot;
    }

    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    /// The batch input is the commitment hash shifted by this: 224 bits, below every field.
    uint256 private constant PUBLIC_INPUT_SHIFT = 32;
    /// A batch may be this far ahead of the L1 clock.
    uint256 public constant MAX_FUTURE_SECONDS = 1 hours;

    uint64 public immutable l2ChainId;
    uint64 public totalBatchesCommitted;
    uint64 public totalBatchesVerified;
    uint64 public totalBatchesExecuted;
    IPlonkVerifier public verifier;
    VerifierParams private params;
    mapping(uint256 number => bytes32) public storedBatchHash;

    event BatchCommitted(uint256 indexed number, bytes32 indexed commitment, bytes32 stateRoot, bytes32 blockHash);
    event BatchVerified(uint256 indexed number, bytes32 indexed commitment);
    event BatchExecuted(uint256 indexed number, bytes32 stateRoot, bytes32 withdrawalRoot);
    event BatchesReverted(uint256 committed);
    event VerifierChanged(address indexed verifier, bytes32 verificationKeyHash, VerifierParams params);

    error NothingToDo();
    error BatchNumberNotNext(uint256 expected, uint256 given);
    error StoredBatchMismatch(uint256 number);
    error BlockNumberNotNext(uint256 expected, uint256 given);
    error WrongBlockRange();
    error WrongTimestamps();
    error TimestampInFuture(uint256 timestamp);
    error WrongMessageCount(uint256 count);
    error WrongMessageRollingHash(bytes32 expected, bytes32 given);
    error MessageOverdue(uint256 index);
    error WrongNumberOfProofs(uint256 batches, uint256 proofs);
    error BatchNotCommitted(uint256 number);
    error BatchNotVerified(uint256 number);
    error CannotRevert(uint256 committed, uint256 verified, uint256 wanted);
    error InvalidProof(uint256 number);
    error CircuitsSetHashOutOfField();
    error WrongVerificationKeyHash(bytes32 expected, bytes32 actual);

    constructor(
        uint64 l2ChainId_,
        address owner_,
        address operator_,
        uint64 messageDeadlineSeconds_,
        Genesis memory genesis,
        IPlonkVerifier verifier_,
        VerifierParams memory params_,
        bytes32 expectedKeyHash
    ) Roles(owner_, operator_) MessageBridge(messageDeadlineSeconds_) {
        l2ChainId = l2ChainId_;
        StoredBatch memory batch;
        batch.lastTimestamp = genesis.timestamp;
        batch.blockHash = genesis.blockHash;
        batch.stateRoot = genesis.stateRoot;
        NewBatch memory facts;
        (facts.firstTimestamp, facts.lastTimestamp) = (genesis.timestamp, genesis.timestamp);
        (facts.blockHash, facts.stateRoot) = (genesis.blockHash, genesis.stateRoot);
        batch.commitment = _commitment(facts, bytes32(0));
        storedBatchHash[0] = _hash(batch);
        emit BatchCommitted(0, batch.commitment, batch.stateRoot, batch.blockHash);
        _setVerifier(verifier_, params_, expectedKeyHash);
    }

    /// Commits the batches that follow the last committed one.
    function commitBatches(StoredBatch calldata last, NewBatch[] calldata batches) external onlyOperator whenNotPaused {
        if (batches.length == 0) revert NothingToDo();
        uint256 number = totalBatchesCommitted;
        if (_hash(last) != storedBatchHash[number]) revert StoredBatchMismatch(number);
        StoredBatch memory previous = last;
        for (uint256 i = 0; i < batches.length; i++) {
            NewBatch calldata batch = batches[i];
            _checkBlocks(previous, batch);
            _checkMessages(previous, batch);
            bytes32 commitment = _commitment(batch, keccak256(batch.data));
            previous = StoredBatch(
                batch.number,
                batch.lastBlock,
                batch.lastTimestamp,
                batch.messageCount,
                batch.blockHash,
                batch.stateRoot,
                batch.withdrawalRoot,
                commitment
            );
            storedBatchHash[batch.number] = _hash(previous);
            emit BatchCommitted(batch.number, commitment, batch.stateRoot, batch.blockHash);
        }
        totalBatchesCommitted = previous.number;
    }

    /// Verifies one proof per batch, beginning with the first unproven batch.
    function proveBatches(StoredBatch calldata last, StoredBatch[] calldata batches, uint256[24][] calldata proofs)
        external
        onlyOperator
        whenNotPaused
    {
        if (batches.length == 0) revert NothingToDo();
        if (batches.length != proofs.length) revert WrongNumberOfProofs(batches.length, proofs.length);
        uint256 number = totalBatchesVerified;
        if (_hash(last) != storedBatchHash[number]) revert StoredBatchMismatch(number);
        bytes32 previous = last.commitment;
        for (uint256 i = 0; i < batches.length; i++) {
            number++;
            if (number > totalBatchesCommitted) revert BatchNotCommitted(number);
            if (_hash(batches[i]) != storedBatchHash[number]) revert StoredBatchMismatch(number);
            bytes32 current = batches[i].commitment;
            uint256 batchInput = uint256(keccak256(abi.encode(previous, current))) >> PUBLIC_INPUT_SHIFT;
            if (!verifier.verifyProof(proofs[i], [batchInput, uint256(params.circuitsSetHash)])) {
                revert InvalidProof(number);
            }
            emit BatchVerified(number, current);
            previous = current;
        }
        totalBatchesVerified = uint64(number);
    }

    /// Makes proven batches final: their withdrawals can be taken.
    function executeBatches(StoredBatch[] calldata batches) external onlyOperator whenNotPaused {
        if (batches.length == 0) revert NothingToDo();
        uint256 number = totalBatchesExecuted;
        for (uint256 i = 0; i < batches.length; i++) {
            number++;
            if (number > totalBatchesVerified) revert BatchNotVerified(number);
            if (_hash(batches[i]) != storedBatchHash[number]) revert StoredBatchMismatch(number);
            withdrawalRoot[number] = batches[i].withdrawalRoot;
            emit BatchExecuted(number, batches[i].stateRoot, batches[i].withdrawalRoot);
        }
        totalBatchesExecuted = uint64(number);
    }

    /// Forgets the committed batches above the given number; proven ones stay. Also possible while paused.
    function revertBatches(uint64 newTotal) external {
        if (msg.sender != operator && msg.sender != owner) revert NotOperator();
        uint64 committed = totalBatchesCommitted;
        uint64 verified = totalBatchesVerified;
        if (newTotal < verified || newTotal >= committed) revert CannotRevert(committed, verified, newTotal);
        for (uint256 number = newTotal + 1; number <= committed; number++) delete storedBatchHash[number];
        totalBatchesCommitted = newTotal;
        emit BatchesReverted(newTotal);
    }

    /// Changes the verifier; its key hash must be the one the owner expects.
    function setVerifier(IPlonkVerifier next, VerifierParams calldata nextParams, bytes32 expectedKeyHash)
        external
        onlyOwner
    {
        _setVerifier(next, nextParams, expectedKeyHash);
    }

    function verificationKeyHash() external view returns (bytes32) {
        return verifier.verificationKeyHash();
    }

    function verifierParams() external view returns (VerifierParams memory) {
        return params;
    }

    function _setVerifier(IPlonkVerifier next, VerifierParams memory nextParams, bytes32 expectedKeyHash) private {
        if (uint256(nextParams.circuitsSetHash) >= R) revert CircuitsSetHashOutOfField();
        bytes32 keyHash = next.verificationKeyHash();
        if (keyHash != expectedKeyHash) revert WrongVerificationKeyHash(expectedKeyHash, keyHash);
        verifier = next;
        params = nextParams;
        emit VerifierChanged(address(next), keyHash, nextParams);
    }

    function _checkBlocks(StoredBatch memory previous, NewBatch calldata batch) private view {
        if (batch.number != uint256(previous.number) + 1) revert BatchNumberNotNext(previous.number + 1, batch.number);
        if (batch.firstBlock != uint256(previous.lastBlock) + 1) {
            revert BlockNumberNotNext(previous.lastBlock + 1, batch.firstBlock);
        }
        if (batch.lastBlock < batch.firstBlock) revert WrongBlockRange();
        // Block timestamps increase strictly.
        if (
            batch.firstTimestamp <= previous.lastTimestamp || batch.lastTimestamp < batch.firstTimestamp
                || batch.lastTimestamp - batch.firstTimestamp < batch.lastBlock - batch.firstBlock
                || (batch.lastBlock == batch.firstBlock && batch.lastTimestamp != batch.firstTimestamp)
        ) revert WrongTimestamps();
        if (batch.lastTimestamp > block.timestamp + MAX_FUTURE_SECONDS) revert TimestampInFuture(batch.lastTimestamp);
    }

    function _checkMessages(StoredBatch memory previous, NewBatch calldata batch) private view {
        uint64 count = batch.messageCount;
        if (count < previous.messageCount || count > totalMessages) revert WrongMessageCount(count);
        bytes32 expected = messageRollingHash[count];
        if (batch.messageRollingHash != expected) revert WrongMessageRollingHash(expected, batch.messageRollingHash);
        if (count < totalMessages && _isOverdue(count)) revert MessageOverdue(count);
    }

    /// The layout is fixed in docs/formats-l1.md; the state transition function computes the same.
    function _commitment(NewBatch memory batch, bytes32 dataHash) private view returns (bytes32) {
        return keccak256(
            bytes.concat(
                abi.encode(l2ChainId, batch.number, batch.firstBlock, batch.lastBlock),
                abi.encode(batch.firstTimestamp, batch.lastTimestamp, batch.blockHash, batch.stateRoot),
                abi.encode(dataHash, batch.messageCount, batch.messageRollingHash, batch.withdrawalRoot)
            )
        );
    }

    function _hash(StoredBatch memory batch) private pure returns (bytes32) {
        return keccak256(abi.encode(batch));
    }
}
