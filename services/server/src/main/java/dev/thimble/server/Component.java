package dev.thimble.server;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts of the server; the other names are those of ZKsync Era. */
public enum Component {
    /** JSON-RPC and the web page. */
    API("api", "http_api", "web3_api"),
    /** Commits, proves and executes batches on L1. */
    L1("l1", "eth", "eth_tx_manager", "eth_tx_aggregator", "eth_watcher"),
    /** Recomputes every block's hash from its header before a batch may be proven. */
    TREE("tree", "tree_api"),
    /** Follows the L2 node and seals batches. */
    SEQUENCER("sequencer", "state_keeper"),
    /** Archives jobs, removes old artifacts, measures the queue. */
    HOUSEKEEPER("housekeeper"),
    /** Computes what each batch's program has to commit to. */
    COMMITMENT("commitment", "commitment_generator"),
    /** Offers batches to gateways and takes proofs. */
    PROOF_DATA("proof-data", "proof_data_handler"),
    /** Executes each batch, makes what its program is run on, and stores it. */
    WITNESS_INPUT("witness-input", "vm_runner_bwip", "vm_runner_protective_reads");

    @SuppressWarnings("ImmutableEnumChecker") // a List.of never changes
    private final List<String> names;

    Component(String... names) {
        this.names = List.of(names);
    }

    /** The name on the command line. */
    public String text() {
        return names.getFirst();
    }

    /**
     * Reads a list with commas.
     *
     * @throws IllegalArgumentException for a name that is no component, listing those that are
     */
    public static Set<Component> parse(String list) {
        Set<Component> components = EnumSet.noneOf(Component.class);
        for (String name : list.split(",", -1)) {
            components.add(named(name.strip().toLowerCase(Locale.ROOT)));
        }
        return components;
    }

    private static Component named(String name) {
        return Arrays.stream(values())
                .filter(component -> component.names.contains(name)
                        || component.names.contains(name.replace('-', '_'))
                        || component.text().equals(name.replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown component '" + name + "', known are: "
                        + Arrays.stream(values()).map(Component::text).collect(Collectors.joining(", "))));
    }
}
