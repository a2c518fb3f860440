package dev.thimble.l1;

import dev.thimble.contracts.ContractArtifact;
import dev.thimble.ethereum.RpcException;
import java.util.List;
import java.util.Optional;

/** Reverts of the contracts, by the names of their errors. */
final class ContractErrors {
    private static final List<ContractArtifact> CONTRACTS =
            List.of(ContractArtifact.THIMBLE_CHAIN, ContractArtifact.PLONK_VERIFIER, ContractArtifact.L2_BRIDGE);

    private ContractErrors() {}

    /** The custom error if there is one, else what the node says. */
    static String describe(RpcException e) {
        return CONTRACTS.stream()
                .flatMap(contract -> contract.abi().decodeError(e.revertData()).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(e.getMessage()))
                .orElse("refused");
    }
}
