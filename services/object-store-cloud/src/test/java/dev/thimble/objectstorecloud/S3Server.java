package dev.thimble.objectstorecloud;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The npm package s3rver as a child process on a free port. */
final class S3Server implements AutoCloseable {
    private static final Path PROGRAM = Path.of("node_modules/s3rver/bin/s3rver.js");
    private static final Pattern LISTENING = Pattern.compile("listening on \\S*?:(\\d+)");

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the server with the bucket {@code proofs}; skips the test where it is not installed, unless CI=true. */
    static S3Server start(Path folder) throws IOException {
        boolean installed = Files.exists(PROGRAM);
        if (!installed && "true".equals(System.getenv("CI"))) {
            fail("s3rver is not installed: npm ci in services/object-store-cloud");
        }
        assumeTrue(installed, "s3rver is not installed: npm ci in services/object-store-cloud");
        Process process = new ProcessBuilder(
                        "node",
                        PROGRAM.toString(),
                        "--directory",
                        folder.toString(),
                        "--address",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--configure-bucket",
                        "proofs")
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return new S3Server(process, Integer.parseInt(matcher.group(1)));
            }
        }
        throw new IOException("s3rver ended without listening");
    }

    String address(String bucketAndPrefix) {
        return "s3://" + bucketAndPrefix + "?anonymous=true&region=us-east-1&endpoint=http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
