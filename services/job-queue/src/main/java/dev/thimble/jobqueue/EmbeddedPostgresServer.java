package dev.thimble.jobqueue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server of our own, in a folder and on a port that stay the same: durable settings, local connections only,
 * a random password. A server that outlived a killed process is taken over by the next start.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String MARK = "# written by thimble: every connection needs the password\n";
    private static final String LOG = "server.log";
    private static final Pattern FATAL = Pattern.compile("(?:FATAL|PANIC): +([^\n]+)");

    static {
        // Its waiting for the server to come up is reported by the driver as errors.
        Logger.getLogger("org.postgresql.Driver").setLevel(Level.OFF);
    }

    private final EmbeddedPostgres server;
    private final Path data;
    private final PostgresLogin login;
    private boolean closed;

    private EmbeddedPostgresServer(EmbeddedPostgres server, Path data, PostgresLogin login) {
        this.server = server;
        this.data = data;
        this.login = login;
    }

    /**
     * Starts the server, or takes over the one that runs in this folder.
     *
     * @param folder holds the data, the unpacked binaries and the password
     * @param port the TCP port on the loopback interface, the same at every start
     * @throws DatabaseUnavailable if it does not come up
     */
    public static EmbeddedPostgresServer start(Path folder, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535 but is " + port);
        }
        Path data = folder.toAbsolutePath().resolve("data");
        long logged = folder.resolve(LOG).toFile().length();
        try {
            Files.createDirectories(folder.resolve("bin"));
            PostgresLogin login = new PostgresLogin(port, password(folder));
            EmbeddedPostgres server = builder(folder, data, login).start();
            EmbeddedPostgresServer started = new EmbeddedPostgresServer(server, data, login);
            started.requirePassword();
            return started;
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new DatabaseUnavailable(
                    "the embedded PostgreSQL in " + folder + " did not start on port " + port
                            + complaint(folder.resolve(LOG), logged)
                                    .map(reason -> ": " + reason)
                                    .orElse("; is the port taken, or the folder not ours? Give another port,"
                                            + " or the URL of a server"),
                    e);
        }
    }

    /** What the server said in its log from a byte on, before it gave up. */
    private static Optional<String> complaint(Path log, long from) {
        try {
            byte[] all = Files.readAllBytes(log);
            String fresh = new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
            return FATAL.matcher(fresh).results().map(found -> found.group(1)).findFirst();
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static EmbeddedPostgres.Builder builder(Path folder, Path data, PostgresLogin login) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("bin").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setPort(login.port())
                .setConnectConfig("password", login.password())
                .setLocaleConfig("locale", "C")
                .setErrorRedirector(log(folder))
                .setOutputRedirector(log(folder))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_wal_size", "1GB")
                .setServerConfig("wal_compression", "on")
                .setServerConfig("jit", "off")
                .setServerConfig("idle_in_transaction_session_timeout", "60s");
    }

    private static ProcessBuilder.Redirect log(Path folder) {
        return ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile());
    }

    /** The password of a folder's server, made at the first start. */
    static String password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path fresh = file.resolveSibling("password.new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(fresh, HexFormat.of().formatHex(random), StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /** A fresh server trusts every local user; make it ask for the password. */
    private void requirePassword() throws IOException, SQLException {
        Path rules = data.resolve("pg_hba.conf");
        if (Files.readString(rules).startsWith(MARK)) {
            return;
        }
        try (Connection connection = login.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + PostgresLogin.USER + " PASSWORD '" + login.password() + "'");
            Files.writeString(rules, MARK + "local all all scram-sha-256\nhost all all samehost scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /**
     * The address of a database of this server, which is made if it is absent.
     *
     * @param name lower-case letters, digits and underscores
     */
    public DatabaseAddress database(String name) {
        return login.database(name);
    }

    public int port() {
        return login.port();
    }

    /** Stops the server; open connections are closed. A process that ends without this leaves the server running. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new DatabaseUnavailable("the embedded PostgreSQL in " + data + " did not stop", e);
        }
    }
}
