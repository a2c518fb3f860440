package dev.thimble.cli.command;

import dev.thimble.ethereum.ShownUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that a flag, the environment or a configuration file may set. The flag has the setting's name. */
public enum Setting {
    HOME("home", ".thimble", "state folder", ".+", "must not be empty"),
    PROFILE("profile", "laptop", "geometry profile", "test|laptop|server", "must be one of test, laptop, server"),
    THREADS("threads", "", "proving threads; empty: one per processor", "|[1-9][0-9]{0,2}", "must be 1 to 999"),
    KERNEL("kernel", "auto", "arithmetic kernels", "auto|scalar|vector", "must be one of auto, scalar, vector"),
    DATABASE_URL(
            "database-url",
            "",
            "PostgreSQL; empty: our own in the state folder",
            "|jdbc:postgresql:(?i)(?!.*password=).+",
            "must look like jdbc:postgresql://HOST:PORT/NAME, and the password be in THIMBLE_DATABASE_PASSWORD"),
    DATABASE_USER("database-user", "postgres", "role of database-url", ".+", "must not be empty"),
    DATABASE_PASSWORD("database-password", "", "password of database-user", ".*", "", true),
    DATABASE_PORT("database-port", "5452", "port of our own PostgreSQL", Setting.PORT, Setting.PORT_COMPLAINT),
    STORE("store", "", "artifacts: a folder, s3://BUCKET or gs://BUCKET; empty: in the state folder", ".*", ""),
    HOST("host", "127.0.0.1", "address that services listen on", ".+", "must not be empty"),
    TOKEN("token", "", "what callers of our services show", "|[!-~]{16,512}", "must have 16 to 512 characters", true),
    LOG(
            "log",
            "info",
            "log level of services",
            "trace|debug|info|warn|error|off",
            "must be trace, debug, info, warn, error or off"),
    LOG_FORMAT("log-format", "text", "how services log", "text|json", "must be text or json"),
    PROMETHEUS_PORT(
            "prometheus-port",
            "",
            "metrics port; empty: the component's own",
            "|" + Setting.PORT,
            Setting.PORT_COMPLAINT),
    COMPONENTS("components", "", "components of server; empty: all", ".*", ""),
    API_PORT("api-port", "3050", "JSON-RPC and web page", Setting.PORT, Setting.PORT_COMPLAINT),
    PROOF_DATA_PORT("proof-data-port", "3320", "proof data API", Setting.PORT, Setting.PORT_COMPLAINT),
    SERVER_URL("server-url", "http://127.0.0.1:3320", "proof data API of the server", "https?://.+", "must be a URL"),
    OPERATOR("operator", "", "who acts, for the audit; empty: the system's user", "\\S{0,64}", "must be one word"),
    L2_RPC_URL("l2-rpc-url", "", "L2 node; empty: our own anvil", "|https?://.+", "must be a http or https URL"),
    L2_CHAIN_ID("l2-chain-id", "271", "chain id of the L2 node", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    L2_GENESIS("l2-genesis", "", "genesis.json of the L2 node; empty: made for our own anvil", ".*", ""),
    BATCH_PROGRAM(
            "batch-program", "stf", "guest that proves a batch", "stf|header-chain", "must be stf or header-chain"),
    BATCH_BLOCKS("batch-blocks", "10", "most blocks of a batch", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    BATCH_GAS("batch-gas", "60000000", "most gas of a batch", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    BATCH_CYCLES("batch-cycles", "4194304", "most instructions of a batch", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    BATCH_ROWS("batch-rows", "4194304", "most rows of MAIN_VM of a batch", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    BATCH_DATA_BYTES("batch-data-bytes", "120000", "most data of a batch", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    BATCH_SECONDS("batch-seconds", "30", "longest wait for a batch", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    L1_RPC_URL("l1-rpc-url", "", "L1 node", "|https?://.+", "must be a http or https URL"),
    L1_CONTRACT("l1-contract", "", "the chain's contract on L1", "|0x[0-9a-fA-F]{40}", "must be an address"),
    L1_KEY_FILE("l1-key-file", "", "key of the account on L1; only its owner may read it", ".*", ""),
    L1_SIGNER_URL(
            "l1-signer-url",
            "",
            "signer with eth_signTransaction instead of l1-key-file",
            "|https?://.+",
            "must be a http or https URL"),
    L1_ACCOUNT("l1-account", "", "account of l1-signer-url", "|0x[0-9a-fA-F]{40}", "must be an address"),
    L1_MAX_FEE_GWEI("l1-max-fee-gwei", "300", "most to pay per gas", Setting.NUMBER, Setting.NUMBER_COMPLAINT),
    L2_KEY_FILE("l2-key-file", "", "key of the bridge's operator on L2, who carries deposits", ".*", ""),
    SNARK_KEY("snark-key", "", "verification_key.json (snarkjs) of the SNARK, for init --l1", ".*", ""),
    PRODUCTION(
            "production",
            "false",
            "refuse whatever is for development only: made-up reference strings, test keys",
            "true|false",
            "must be true or false");

    private static final String PORT =
            "0|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
    private static final String PORT_COMPLAINT = "must be a port, 0 to 65535";
    private static final String HIDDEN = "(hidden)";
    private static final String NUMBER = "[1-9][0-9]{0,17}";
    private static final String NUMBER_COMPLAINT = "must be a number from 1 on";

    private final String text;
    private final String byDefault;
    private final String meaning;
    private final String pattern;
    private final String complaint;
    private final boolean secret;

    Setting(String text, String byDefault, String meaning, String pattern, String complaint) {
        this(text, byDefault, meaning, pattern, complaint, false);
    }

    Setting(String text, String byDefault, String meaning, String pattern, String complaint, boolean secret) {
        this.text = text;
        this.byDefault = byDefault;
        this.meaning = meaning;
        this.pattern = pattern;
        this.complaint = complaint;
        this.secret = secret;
    }

    /** The name in configuration files, and of the flag without its dashes. */
    public String text() {
        return text;
    }

    public String byDefault() {
        return byDefault;
    }

    public String meaning() {
        return meaning;
    }

    /** A value as it may be shown. */
    public String shown(String value) {
        if (secret && !value.isEmpty()) {
            return HIDDEN;
        }
        return value.matches("https?://.*")
                ? ShownUrl.of(value)
                : value.replaceAll("(?i)(password=)[^&]*", "$1" + HIDDEN);
    }

    /** The environment variable. */
    public String environmentName() {
        return "THIMBLE_" + text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What is wrong with a value, if anything: a sentence's end, such as "must be one of …". */
    Optional<String> complaintAbout(String value) {
        return value.matches(pattern) ? Optional.empty() : Optional.of(complaint);
    }

    static Optional<Setting> named(String text) {
        return List.of(values()).stream().filter(s -> s.text.equals(text)).findFirst();
    }
}
