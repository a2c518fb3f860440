// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// An owner who hands over in two steps, an operator whom the owner appoints, and a pause that only the owner controls.
abstract contract Roles {
    address public owner;
    address public pendingOwner;
    address public operator;
    bool public paused;

    event OwnershipOffered(address indexed from, address indexed to);
    event OwnershipAccepted(address indexed owner);
    event OperatorChanged(address indexed operator);
    event PausedChanged(bool paused);

    error NotOwner();
    error NotPendingOwner();
    error NotOperator();
    error IsPaused();
    error ZeroAddress();

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner();
        _;
    }

    modifier onlyOperator() {
        if (msg.sender != operator) revert NotOperator();
        _;
    }

    modifier whenNotPaused() {
        if (paused) revert IsPaused();
        _;
    }

    constructor(address owner_, address operator_) {
        if (owner_ == address(0) || operator_ == address(0)) revert ZeroAddress();
        owner = owner_;
        operator = operator_;
        emit OwnershipAccepted(owner_);
        emit OperatorChanged(operator_);
    }

    /// Offers the ownership; address zero withdraws an offer.
    function transferOwnership(address to) external onlyOwner {
        pendingOwner = to;
        emit OwnershipOffered(owner, to);
    }

    function acceptOwnership() external {
        if (msg.sender != pendingOwner) revert NotPendingOwner();
        owner = msg.sender;
        delete pendingOwner;
        emit OwnershipAccepted(msg.sender);
    }

    function setOperator(address to) external onlyOwner {
        if (to == address(0)) revert ZeroAddress();
        operator = to;
        emit OperatorChanged(to);
    }

    function setPaused(bool paused_) external onlyOwner {
        paused = paused_;
        emit PausedChanged(paused_);
    }
}
