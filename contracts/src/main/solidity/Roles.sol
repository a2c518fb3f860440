// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// An owner who hands over in two steps, an operator whom the owner appoints, and a pause that only the owner controls
/// and that ends by itself: no pause, and no loss of the owner's key in one, locks anybody's value for good.
abstract contract Roles {
    /// From the first pause on, it may be paused within this time only,
    uint256 public constant PAUSE_WINDOW_SECONDS = 30 days;
    /// and for this time after that not at all.
    uint256 public constant PAUSE_RECESS_SECONDS = 7 days;

    address public owner;
    address public pendingOwner;
    address public operator;
    bool private pauseWanted;
    uint256 public pauseWindowEnd;

    event OwnershipOffered(address indexed from, address indexed to);
    event OwnershipAccepted(address indexed owner);
    event OperatorChanged(address indexed operator);
    event PausedChanged(bool paused);

    error NotOwner();
    error NotPendingOwner();
    error NotOperator();
    error IsPaused();
    error ZeroAddress();
    error PauseTooSoon(uint256 possibleFrom);

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner();
        _;
    }

    modifier onlyOperator() {
        if (msg.sender != operator) revert NotOperator();
        _;
    }

    modifier whenNotPaused() {
        if (paused()) revert IsPaused();
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

    /// Pauses or goes on. The first pause after a recess begins a new window.
    function setPaused(bool paused_) external onlyOwner {
        if (paused_ && block.timestamp >= pauseWindowEnd) {
            uint256 possibleFrom = pauseWindowEnd + PAUSE_RECESS_SECONDS;
            if (block.timestamp < possibleFrom) revert PauseTooSoon(possibleFrom);
            pauseWindowEnd = block.timestamp + PAUSE_WINDOW_SECONDS;
        }
        pauseWanted = paused_;
        emit PausedChanged(paused_);
    }

    function paused() public view returns (bool) {
        return pauseWanted && block.timestamp < pauseWindowEnd;
    }
}
