package dev.thimble.l1;

import dev.thimble.chain.Address;
import dev.thimble.chain.Bytes32;
import dev.thimble.ethereum.EthereumClient;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.QueueDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A component in another process, to be killed. */
final class ChildComponent {
    private ChildComponent() {}

    static Process start(LocalL1 l1, Deployment deployment, URI url, long seed) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChildComponent.class.getName()));
        command.addAll(List.of(
                l1.address.jdbcUrl(),
                l1.address.user(),
                l1.address.password(),
                url.toString(),
                Long.toString(deployment.l1ChainId()),
                deployment.contract().hex(),
                deployment.verifier().hex(),
                Long.toString(l1.genesis().timestamp()),
                l1.genesis().blockHash().hex(),
                l1.genesis().stateRoot().hex(),
                Long.toString(seed)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] a) throws InterruptedException {
        QueueDatabase database = QueueDatabase.open(new DatabaseAddress(a[0], a[1], a[2]), 4);
        Deployment deployment =
                new Deployment(Long.parseLong(a[4]), LocalL1.L2_CHAIN_ID, new Address(a[5]), new Address(a[6]), 0);
        ChainGenesis genesis =
                new ChainGenesis(LocalL1.L2_CHAIN_ID, Long.parseLong(a[7]), new Bytes32(a[8]), new Bytes32(a[9]));
        L1Component component = new L1Component(
                database,
                new EthereumClient(URI.create(a[3])),
                LocalL1.OPERATOR,
                new DeploymentCheck(deployment, genesis, TestBatches.SNARK.key(), TestBatches.PARAMS),
                new TestBatches(genesis, Long.parseLong(a[10]), 2),
                LocalL1.PATIENT,
                Duration.ofMillis(20),
                L1Listener.NONE);
        component.start();
        Thread.sleep(Duration.ofHours(1));
    }
}
