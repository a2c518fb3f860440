// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPlonkVerifier} from "./IPlonkVerifier.sol";

/// Verifies PLONK proofs (Gabizon, Williamson, Ciobotaru, ePrint 2019/953, with the transcript of snarkjs 0.7) over
/// BN254 for one verification key that is part of the code. Nothing is trusted: every scalar must be below the group
/// order, every point finite and on the curve, the calldata of the exact length. Whatever is wrong reverts, also a
/// precompile that runs out of gas, so "the call succeeded" and "the proof holds" are the same thing.
contract PlonkVerifier is IPlonkVerifier {
    /// Commitments are Qm, Ql, Qr, Qo, Qc, S1, S2, S3 as (x, y); (0, 0) is the point at infinity.
    /// tauG2 is [tau]_2 in the precompile's order: x.c1, x.c0, y.c1, y.c0.
    struct VerificationKey {
        uint256 power;
        uint256 omega;
        uint256[16] commitments;
        uint256[4] tauG2;
    }

    struct Challenges {
        uint256 beta;
        uint256 gamma;
        uint256 alpha;
        uint256 xi;
        uint256 v;
        uint256 u;
    }

    /// Values at xi: the vanishing polynomial, xi^n, L1 and the public input polynomial.
    struct Domain {
        uint256 vanishing;
        uint256 xiN;
        uint256 lagrange1;
        uint256 publicInput;
    }

    error WrongCalldataLength(uint256 length);
    error PublicInputOutOfField(uint256 index);
    error EvaluationOutOfField(uint256 index);
    error PointNotOnCurve(uint256 index);
    error ChallengeInDomain();
    error PrecompileFailed();
    error PairingFailed();
    error InvalidVerificationKey(string what);

    /// Base field modulus q, group order r.
    uint256 private constant Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583;
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    uint256 private constant K1 = 2;
    uint256 private constant K2 = 3;
    uint256 private constant CALLDATA_LENGTH = 4 + 26 * 32;

    /// The generator of G2 in the precompile's order (EIP-197).
    uint256 private constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 private constant G2_Y1 = 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b;
    uint256 private constant G2_Y0 = 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa;

    bytes32 public immutable verificationKeyHash;
    uint256 private immutable POWER;
    uint256 private immutable OMEGA;
    uint256 private immutable QM_X;
    uint256 private immutable QM_Y;
    uint256 private immutable QL_X;
    uint256 private immutable QL_Y;
    uint256 private immutable QR_X;
    uint256 private immutable QR_Y;
    uint256 private immutable QO_X;
    uint256 private immutable QO_Y;
    uint256 private immutable QC_X;
    uint256 private immutable QC_Y;
    uint256 private immutable S1_X;
    uint256 private immutable S1_Y;
    uint256 private immutable S2_X;
    uint256 private immutable S2_Y;
    uint256 private immutable S3_X;
    uint256 private immutable S3_Y;
    uint256 private immutable TAU_X1;
    uint256 private immutable TAU_X0;
    uint256 private immutable TAU_Y1;
    uint256 private immutable TAU_Y0;

    constructor(VerificationKey memory key) {
        _checkKey(key);
        verificationKeyHash =
            keccak256(abi.encode(uint256(2), key.power, K1, K2, key.commitments, key.tauG2, key.omega));
        POWER = key.power;
        OMEGA = key.omega;
        uint256[16] memory c = key.commitments;
        (QM_X, QM_Y, QL_X, QL_Y) = (c[0], c[1], c[2], c[3]);
        (QR_X, QR_Y, QO_X, QO_Y) = (c[4], c[5], c[6], c[7]);
        (QC_X, QC_Y, S1_X, S1_Y) = (c[8], c[9], c[10], c[11]);
        (S2_X, S2_Y, S3_X, S3_Y) = (c[12], c[13], c[14], c[15]);
        (TAU_X1, TAU_X0, TAU_Y1, TAU_Y0) = (key.tauG2[0], key.tauG2[1], key.tauG2[2], key.tauG2[3]);
    }

    /// The domain root must have order exactly 2^power, commitments lie on the curve or be infinity, [tau]_2 lie in
    /// the subgroup (the pairing precompile checks it) and be neither infinity nor the generator.
    function _checkKey(VerificationKey memory key) private view {
        if (key.power < 3 || key.power > 28) revert InvalidVerificationKey("power");
        if (key.omega >= R) revert InvalidVerificationKey("omega");
        uint256 root = key.omega;
        for (uint256 i = 1; i < key.power; i++) root = mulmod(root, root, R);
        if (root != R - 1) revert InvalidVerificationKey("omega");
        for (uint256 i = 0; i < 16; i += 2) {
            (uint256 x, uint256 y) = (key.commitments[i], key.commitments[i + 1]);
            if (!(x == 0 && y == 0) && !_onCurve(x, y)) revert InvalidVerificationKey("commitment");
        }
        uint256[4] memory t = key.tauG2;
        if (t[0] | t[1] | t[2] | t[3] == 0 || t[0] == G2_X1) revert InvalidVerificationKey("tauG2");
        (bool ok,) = address(8).staticcall(abi.encode(uint256(0), uint256(0), t));
        if (!ok) revert InvalidVerificationKey("tauG2");
    }

    /// @inheritdoc IPlonkVerifier
    function verifyProof(uint256[24] calldata proof, uint256[2] calldata publicInputs) external view returns (bool) {
        if (msg.data.length != CALLDATA_LENGTH) revert WrongCalldataLength(msg.data.length);
        _checkRanges(proof, publicInputs);
        Challenges memory c = _challenges(proof, publicInputs);
        Domain memory d = _domain(c.xi, publicInputs);
        uint256[2] memory sum;
        uint256 constantTerm = _linearize(sum, proof, c, d);
        _batchOpenings(sum, proof, c, constantTerm);
        _checkPairing(sum, proof, c.u);
        return true;
    }

    function _checkRanges(uint256[24] calldata proof, uint256[2] calldata publicInputs) private pure {
        if (publicInputs[0] >= R) revert PublicInputOutOfField(0);
        if (publicInputs[1] >= R) revert PublicInputOutOfField(1);
        unchecked {
            for (uint256 i = 0; i < 18; i += 2) {
                if (!_onCurve(proof[i], proof[i + 1])) revert PointNotOnCurve(i >> 1);
            }
            for (uint256 i = 18; i < 24; i++) {
                if (proof[i] >= R) revert EvaluationOutOfField(i - 18);
            }
        }
    }

    /// True for finite points of y^2 = x^3 + 3 with reduced coordinates; (0, 0) is not one.
    function _onCurve(uint256 x, uint256 y) private pure returns (bool) {
        return x < Q && y < Q && mulmod(y, y, Q) == addmod(mulmod(mulmod(x, x, Q), x, Q), 3, Q);
    }

    /// Fiat-Shamir: each challenge is keccak256 of the previous ones and of all that was sent since.
    function _challenges(uint256[24] calldata proof, uint256[2] calldata publicInputs)
        private
        view
        returns (Challenges memory c)
    {
        c.beta = uint256(
            keccak256(
                bytes.concat(
                    abi.encode(QM_X, QM_Y, QL_X, QL_Y, QR_X, QR_Y, QO_X, QO_Y),
                    abi.encode(QC_X, QC_Y, S1_X, S1_Y, S2_X, S2_Y, S3_X, S3_Y),
                    abi.encode(publicInputs[0], publicInputs[1]),
                    abi.encode(proof[0], proof[1], proof[2], proof[3], proof[4], proof[5])
                )
            )
        ) % R;
        c.gamma = uint256(keccak256(abi.encode(c.beta))) % R;
        c.alpha = uint256(keccak256(abi.encode(c.beta, c.gamma, proof[6], proof[7]))) % R;
        c.xi = uint256(
            keccak256(abi.encode(c.alpha, proof[8], proof[9], proof[10], proof[11], proof[12], proof[13]))
        ) % R;
        c.v = uint256(
            keccak256(abi.encode(c.xi, proof[18], proof[19], proof[20], proof[21], proof[22], proof[23]))
        ) % R;
        c.u = uint256(keccak256(abi.encode(proof[14], proof[15], proof[16], proof[17]))) % R;
    }

    /// L_i(xi) = w^i (xi^n - 1) / (n (xi - w^i)); the public input polynomial is -sum pub_i L_i.
    function _domain(uint256 xi, uint256[2] calldata publicInputs) private view returns (Domain memory d) {
        unchecked {
            uint256 xiN = xi;
            for (uint256 i = POWER; i > 0; i--) xiN = mulmod(xiN, xiN, R);
            uint256 vanishing = addmod(xiN, R - 1, R);
            if (vanishing == 0) revert ChallengeInDomain();
            uint256 toFirst = addmod(xi, R - 1, R);
            uint256 toSecond = addmod(xi, R - OMEGA, R);
            uint256 scale = mulmod(vanishing, _inverse(mulmod(mulmod(toFirst, toSecond, R), 1 << POWER, R)), R);
            uint256 lagrange1 = mulmod(scale, toSecond, R);
            uint256 lagrange2 = mulmod(mulmod(scale, toFirst, R), OMEGA, R);
            uint256 weighted = addmod(mulmod(publicInputs[0], lagrange1, R), mulmod(publicInputs[1], lagrange2, R), R);
            (d.vanishing, d.xiN, d.lagrange1, d.publicInput) = (vanishing, xiN, lagrange1, R - weighted);
        }
    }

    /// Adds the commitment to the linearization polynomial (Z also weighted by u for its second opening) to sum and
    /// returns its constant term r0.
    function _linearize(uint256[2] memory sum, uint256[24] calldata proof, Challenges memory c, Domain memory d)
        private
        view
        returns (uint256 constantTerm)
    {
        _addGate(sum, proof[18], proof[19], proof[20]);
        unchecked {
            uint256 alphaSquaredL1 = mulmod(mulmod(c.alpha, c.alpha, R), d.lagrange1, R);
            uint256 shifted = mulmod(_term(proof[18], c.beta, proof[21], c.gamma), c.alpha, R);
            shifted = mulmod(shifted, _term(proof[19], c.beta, proof[22], c.gamma), R);
            shifted = mulmod(shifted, proof[23], R);
            uint256 closing = mulmod(shifted, addmod(proof[20], c.gamma, R), R);
            constantTerm = addmod(d.publicInput, R - addmod(alphaSquaredL1, closing, R), R);

            uint256 betaXi = mulmod(c.beta, c.xi, R);
            uint256 grand = mulmod(_term(proof[18], betaXi, 1, c.gamma), c.alpha, R);
            grand = mulmod(grand, _term(proof[19], betaXi, K1, c.gamma), R);
            grand = mulmod(grand, _term(proof[20], betaXi, K2, c.gamma), R);
            _addMul(sum, proof[6], proof[7], addmod(addmod(grand, alphaSquaredL1, R), c.u, R));
            _addMul(sum, S3_X, S3_Y, R - mulmod(shifted, c.beta, R));

            uint256 scale = R - d.vanishing;
            _addMul(sum, proof[8], proof[9], scale);
            scale = mulmod(scale, d.xiN, R);
            _addMul(sum, proof[10], proof[11], scale);
            _addMul(sum, proof[12], proof[13], mulmod(scale, d.xiN, R));
        }
    }

    /// sum += ab Qm + a Ql + b Qr + c Qo + Qc.
    function _addGate(uint256[2] memory sum, uint256 a, uint256 b, uint256 c) private view {
        _addMul(sum, QM_X, QM_Y, mulmod(a, b, R));
        _addMul(sum, QL_X, QL_Y, a);
        _addMul(sum, QR_X, QR_Y, b);
        _addMul(sum, QO_X, QO_Y, c);
        _add(sum, QC_X, QC_Y);
    }

    /// wire + factor·value + gamma mod r.
    function _term(uint256 wire, uint256 factor, uint256 value, uint256 gamma) private pure returns (uint256) {
        return addmod(addmod(wire, mulmod(factor, value, R), R), gamma, R);
    }

    /// sum += vA + v^2 B + v^3 C + v^4 S1 + v^5 S2 + (r0 - claimed evaluations) G + xi Wxi + u xi w Wxiw.
    function _batchOpenings(
        uint256[2] memory sum,
        uint256[24] calldata proof,
        Challenges memory c,
        uint256 constantTerm
    ) private view {
        unchecked {
            uint256 power = c.v;
            uint256 claimed = mulmod(c.u, proof[23], R);
            for (uint256 i = 0; i < 3; i++) {
                _addMul(sum, proof[2 * i], proof[2 * i + 1], power);
                claimed = addmod(claimed, mulmod(power, proof[18 + i], R), R);
                power = mulmod(power, c.v, R);
            }
            _addMul(sum, S1_X, S1_Y, power);
            claimed = addmod(claimed, mulmod(power, proof[21], R), R);
            power = mulmod(power, c.v, R);
            _addMul(sum, S2_X, S2_Y, power);
            claimed = addmod(claimed, mulmod(power, proof[22], R), R);
            _addMul(sum, 1, 2, addmod(constantTerm, R - claimed, R));
            _addMul(sum, proof[14], proof[15], c.xi);
            _addMul(sum, proof[16], proof[17], mulmod(mulmod(c.u, c.xi, R), OMEGA, R));
        }
    }

    /// e(-(Wxi + u Wxiw), [tau]_2) e(sum, [1]_2) = 1.
    function _checkPairing(uint256[2] memory sum, uint256[24] calldata proof, uint256 u) private view {
        uint256[2] memory witness = [proof[14], proof[15]];
        _addMul(witness, proof[16], proof[17], u);
        uint256[12] memory input = [
            witness[0],
            (Q - witness[1]) % Q,
            TAU_X1,
            TAU_X0,
            TAU_Y1,
            TAU_Y0,
            sum[0],
            sum[1],
            G2_X1,
            G2_X0,
            G2_Y1,
            G2_Y0
        ];
        bool ok;
        uint256 result;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 8, input, 0x180, 0x00, 0x20)
            result := mload(0x00)
        }
        if (!ok) revert PrecompileFailed();
        if (result != 1) revert PairingFailed();
    }

    /// sum += scalar·(x, y).
    function _addMul(uint256[2] memory sum, uint256 x, uint256 y, uint256 scalar) private view {
        bool ok;
        uint256 productX;
        uint256 productY;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, x)
            mstore(add(free, 0x20), y)
            mstore(add(free, 0x40), scalar)
            ok := staticcall(gas(), 7, free, 0x60, free, 0x40)
            productX := mload(free)
            productY := mload(add(free, 0x20))
        }
        if (!ok) revert PrecompileFailed();
        _add(sum, productX, productY);
    }

    /// sum += (x, y).
    function _add(uint256[2] memory sum, uint256 x, uint256 y) private view {
        bool ok;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, mload(sum))
            mstore(add(free, 0x20), mload(add(sum, 0x20)))
            mstore(add(free, 0x40), x)
            mstore(add(free, 0x60), y)
            ok := staticcall(gas(), 6, free, 0x80, sum, 0x40)
        }
        if (!ok) revert PrecompileFailed();
    }

    /// Inverse in the scalar field by Fermat; the argument is not zero.
    function _inverse(uint256 value) private view returns (uint256 result) {
        bool ok;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, 0x20)
            mstore(add(free, 0x20), 0x20)
            mstore(add(free, 0x40), 0x20)
            mstore(add(free, 0x60), value)
            mstore(add(free, 0x80), sub(R, 2))
            mstore(add(free, 0xa0), R)
            ok := staticcall(gas(), 5, free, 0xc0, 0x00, 0x20)
            result := mload(0x00)
        }
        if (!ok) revert PrecompileFailed();
    }
}
