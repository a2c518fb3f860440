// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// A verifier of one PLONK verification key over BN254, in the calldata layout of snarkjs 0.7 with two public inputs.
interface IPlonkVerifier {
    /// Returns true if the proof holds for the public inputs and reverts with a custom error otherwise.
    /// proof: A, B, C, Z, T1, T2, T3, Wxi, Wxiw (x and y each), then the evaluations a, b, c, s1, s2, z(xi·w).
    function verifyProof(uint256[24] calldata proof, uint256[2] calldata publicInputs) external view returns (bool);

    /// keccak256 of the verification key as laid out in docs/formats-l1.md.
    function verificationKeyHash() external view returns (bytes32);
}
