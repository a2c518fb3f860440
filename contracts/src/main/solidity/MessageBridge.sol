// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "./Roles.sol";

/// The L1 end of the messages between the layers: a queue of deposits with a rolling hash and a deadline, and
/// withdrawals by Merkle proof against the roots of executed batches, each at most once.
abstract contract MessageBridge is Roles {
    uint256 private constant DEPTH = 32;
    uint256 public constant MAX_MESSAGE_BYTES = 8192;
    uint256 public constant MAX_GRACE_SECONDS = 30 days;

    /// A message must be processed by a batch committed at most this many seconds after the deposit.
    uint64 public immutable messageDeadlineSeconds;
    uint64 public totalMessages;
    /// Until this second no message is overdue.
    uint64 public graceUntil;
    /// Rolling hash of the first n messages.
    mapping(uint256 count => bytes32) public messageRollingHash;
    /// Last second at which a batch that leaves this message out may be committed.
    mapping(uint256 index => uint64) public messageDeadline;
    /// Root of the tree of withdrawals after each executed batch.
    mapping(uint256 batch => bytes32) public withdrawalRoot;
    /// Bit i % 256 of word i / 256 is set once withdrawal i is paid.
    mapping(uint256 word => uint256) private paidWithdrawals;

    event MessageQueued(
        uint256 indexed index, address indexed from, address indexed to, uint256 value, bytes data, uint64 deadline
    );
    event GraceGranted(uint64 until);
    event WithdrawalPaid(uint256 indexed index, address indexed to, uint256 value);

    error MessageTooLong(uint256 length);
    error GraceTooLong(uint256 until);
    error NoWithdrawalRoot(uint256 batch);
    error WithdrawalAlreadyPaid(uint256 index);
    error WrongWithdrawalProof();
    error TransferFailed();

    constructor(uint64 messageDeadlineSeconds_) {
        messageDeadlineSeconds = messageDeadlineSeconds_;
    }

    /// Locks the value sent here and asks L2 to call the recipient with it and with data.
    function deposit(address to, bytes calldata data) external payable whenNotPaused returns (uint256 index) {
        if (to == address(0)) revert ZeroAddress();
        if (data.length > MAX_MESSAGE_BYTES) revert MessageTooLong(data.length);
        index = totalMessages;
        bytes32 messageHash = keccak256(abi.encode(index, to, msg.value, keccak256(data)));
        messageRollingHash[index + 1] = keccak256(abi.encode(messageRollingHash[index], messageHash));
        uint64 deadline = uint64(block.timestamp) + messageDeadlineSeconds;
        messageDeadline[index] = deadline;
        totalMessages = uint64(index + 1);
        emit MessageQueued(index, msg.sender, to, msg.value, data, deadline);
    }

    /// Lets batches be committed for a while that leave overdue messages out. Blocks that L2 made while nobody carried
    /// messages cannot be changed: without this, one such message would end the chain and lock everything in it.
    function grantGrace(uint64 until) external onlyOwner {
        if (until > block.timestamp + MAX_GRACE_SECONDS) revert GraceTooLong(until);
        graceUntil = until;
        emit GraceGranted(until);
    }

    /// Pays withdrawal number index, proven against the root of an executed batch. Anyone may send it.
    function finalizeWithdrawal(uint256 batch, uint32 index, address to, uint256 value, bytes32[32] calldata proof)
        external
        whenNotPaused
    {
        bytes32 root = withdrawalRoot[batch];
        if (root == bytes32(0)) revert NoWithdrawalRoot(batch);
        bytes32 node = keccak256(abi.encode(uint256(index), to, value));
        for (uint256 level = 0; level < DEPTH; level++) {
            node = (index >> level) & 1 == 0
                ? keccak256(abi.encode(node, proof[level]))
                : keccak256(abi.encode(proof[level], node));
        }
        if (node != root) revert WrongWithdrawalProof();
        if (isWithdrawalPaid(index)) revert WithdrawalAlreadyPaid(index);
        paidWithdrawals[index >> 8] |= 1 << (index & 255);
        emit WithdrawalPaid(index, to, value);
        (bool ok,) = to.call{value: value}("");
        if (!ok) revert TransferFailed();
    }

    /// Whether a batch that is committed now must have processed this message, which is in the queue.
    function _isOverdue(uint64 index) internal view returns (bool) {
        return block.timestamp > messageDeadline[index] && block.timestamp > graceUntil;
    }

    function isWithdrawalPaid(uint256 index) public view returns (bool) {
        return (paidWithdrawals[index >> 8] >> (index & 255)) & 1 == 1;
    }
}
