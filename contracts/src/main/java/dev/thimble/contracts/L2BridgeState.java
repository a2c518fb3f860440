package dev.thimble.contracts;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import java.util.Map;

/** Where the L2 bridge lives and what its first storage slots hold (docs/formats-l1.md, "L2 bridge"). */
public final class L2BridgeState {
    /** Its address in every genesis. */
    public static final Address ADDRESS = new Address("0x7468696d626c6500000000000000000000000001");

    public static final int MESSAGE_COUNT_SLOT = 0;
    public static final int MESSAGE_ROLLING_HASH_SLOT = 1;
    public static final int WITHDRAWAL_ROOT_SLOT = 2;
    public static final int WITHDRAWAL_COUNT_SLOT = 3;
    public static final int OPERATOR_SLOT = 4;

    private L2BridgeState() {}

    /** Its storage at genesis: the operator, everything else zero. */
    public static Map<Integer, Bytes32> genesisStorage(Address operator) {
        byte[] word = new byte[32];
        System.arraycopy(operator.bytes(), 0, word, 12, 20);
        return Map.of(OPERATOR_SLOT, Bytes32.of(word));
    }
}
