// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// The L2 end of the messages between the layers: a predeploy whose first storage slots the state transition function
/// reads after each batch and puts into the batch commitment. It holds the bridged supply.
///   slot 0: number of L1 messages processed since genesis
///   slot 1: rolling hash of these messages
///   slot 2: root of the tree of withdrawals (zero before the first)
contract L2Bridge {
    uint256 public messageCount;
    bytes32 public messageRollingHash;
    bytes32 public withdrawalRoot;
    uint256 public withdrawalCount;
    /// Set in the genesis storage (slot 4).
    address public operator;
    /// Left siblings of the next withdrawal, by level.
    bytes32[32] private branch;
    /// Messages whose call failed, by index: hash of recipient, value and data. Anyone may retry them.
    mapping(uint256 index => bytes32) public failedMessage;

    uint256 private constant DEPTH = 32;
    uint256 private constant MESSAGE_GAS = 300_000;
    uint256 private constant MESSAGE_RESERVE_GAS = 60_000;

    event MessageProcessed(uint256 indexed index, address indexed to, uint256 value, bool success);
    event MessageRetried(uint256 indexed index, address indexed to, uint256 value);
    event Withdrawal(uint256 indexed index, address indexed to, uint256 value);
    event OperatorChanged(address indexed operator);

    error NotOperator();
    error MessageNotNext(uint256 expected, uint256 given);
    error NotEnoughGas();
    error NotFailedMessage(uint256 index);
    error RetryFailed(uint256 index);
    error WithdrawalTreeFull();
    error ZeroAddress();

    modifier onlyOperator() {
        if (msg.sender != operator) revert NotOperator();
        _;
    }

    function setOperator(address next) external onlyOperator {
        if (next == address(0)) revert ZeroAddress();
        operator = next;
        emit OperatorChanged(next);
    }

    /// Processes the next L1 message. A call that fails does not block the queue: the message can be retried later.
    /// The operator cannot make it fail by sending little gas.
    function deposit(uint256 index, address to, uint256 value, bytes calldata data) external onlyOperator {
        if (index != messageCount) revert MessageNotNext(messageCount, index);
        messageCount = index + 1;
        bytes32 messageHash = keccak256(abi.encode(index, to, value, keccak256(data)));
        messageRollingHash = keccak256(abi.encode(messageRollingHash, messageHash));
        if (gasleft() < (MESSAGE_GAS * 64) / 63 + MESSAGE_RESERVE_GAS) revert NotEnoughGas();
        bool success = _deliver(to, value, data, MESSAGE_GAS);
        if (!success) failedMessage[index] = messageHash;
        emit MessageProcessed(index, to, value, success);
    }

    /// Calls the recipient of a failed message again, with all the gas of the caller.
    function retry(uint256 index, address to, uint256 value, bytes calldata data) external {
        bytes32 messageHash = keccak256(abi.encode(index, to, value, keccak256(data)));
        if (failedMessage[index] != messageHash) revert NotFailedMessage(index);
        delete failedMessage[index];
        if (!_deliver(to, value, data, gasleft())) revert RetryFailed(index);
        emit MessageRetried(index, to, value);
    }

    /// A message may not call the bridge itself. Returned bytes are not copied.
    function _deliver(address to, uint256 value, bytes calldata data, uint256 gasLimit) private returns (bool success) {
        if (to == address(this)) return false;
        bytes memory copy = data;
        assembly ("memory-safe") {
            success := call(gasLimit, to, value, add(copy, 0x20), mload(copy), 0, 0)
        }
    }

    /// Locks the value sent here and adds a leaf to the tree of withdrawals: once the batch is executed on L1, the
    /// recipient takes it there with a Merkle proof.
    function withdraw(address to) external payable returns (uint256 index) {
        if (to == address(0)) revert ZeroAddress();
        index = withdrawalCount;
        if (index >= 2 ** DEPTH - 1) revert WithdrawalTreeFull();
        withdrawalCount = index + 1;
        bytes32 node = keccak256(abi.encode(index, to, msg.value));
        bytes32 zero = bytes32(0);
        bool complete = true;
        for (uint256 level = 0; level < DEPTH; level++) {
            if ((index >> level) & 1 == 1) {
                node = keccak256(abi.encode(branch[level], node));
            } else {
                // The subtree under node is complete up to the first zero bit: the next leaves need it as left sibling.
                if (complete) branch[level] = node;
                complete = false;
                node = keccak256(abi.encode(node, zero));
            }
            zero = keccak256(abi.encode(zero, zero));
        }
        withdrawalRoot = node;
        emit Withdrawal(index, to, msg.value);
    }
}
