package dev.thimble.workers;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchExecution;
import dev.thimble.model.BatchId;
import dev.thimble.model.ErrorCode;
import dev.thimble.model.JobKey;
import dev.thimble.model.Round;
import dev.thimble.objectstore.CorruptArtifact;
import dev.thimble.objectstore.MissingArtifact;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.riscv.WitnessInput;
import dev.thimble.riscv.WitnessInputCodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Locale;

/** The artifacts of one batch in round basic_circuits, with failures as a job's failures. */
final class BatchArtifacts {
    /** No artifact that is read at once is larger. */
    private static final int MAXIMUM_BYTES = 64 << 20;

    private static final int PUT_TRIES = 3;

    private final ObjectStore store;
    private final BatchId batch;

    BatchArtifacts(ObjectStore store, BatchId batch) {
        this.store = store;
        this.batch = batch;
    }

    BatchId batch() {
        return batch;
    }

    /** The name of an artifact about the whole batch. */
    ArtifactName ofBatch(String type) {
        return ofInstance(type, JobKey.NO_CIRCUIT, 0);
    }

    /** The name of an artifact of one instance. */
    ArtifactName ofInstance(String type, String circuit, int index) {
        return new ArtifactName(batch, Round.BASIC_CIRCUITS, type, circuit, 0, index);
    }

    /** What is to be proven. */
    BatchDescription description() throws JobFailure, InterruptedException {
        return parsed(ofBatch(BatchDescription.ARTIFACT), BatchDescription::decode);
    }

    /** What the execution gave. */
    BatchExecution execution() throws JobFailure, InterruptedException {
        return parsed(ofBatch(BatchExecution.ARTIFACT), BatchExecution::decode);
    }

    private <T> T parsed(ArtifactName name, java.util.function.Function<byte[], T> decoder)
            throws JobFailure, InterruptedException {
        try {
            return decoder.apply(read(name));
        } catch (IllegalArgumentException e) {
            throw new JobFailure(ErrorCode.BAD_INPUT, "artifact " + name + ": " + e.getMessage(), e);
        }
    }

    /** What the batch's program is run on. */
    WitnessInput witness(BatchDescription description) throws JobFailure, InterruptedException {
        byte[] input = read(ArtifactName.parse(description.inputPath()));
        if (!("0x" + Digests.sha256(input)).equals(description.inputSha256())) {
            throw new JobFailure(
                    ErrorCode.BAD_INPUT,
                    "the input " + description.inputPath() + " is not the one of the batch's description");
        }
        return WitnessInputCodec.decode(input)
                .orElseThrow(() -> new JobFailure(
                        ErrorCode.BAD_INPUT, "the input " + description.inputPath() + " is no witness input"));
    }

    byte[] read(ArtifactName name) throws JobFailure, InterruptedException {
        return call(() -> store.read(ObjectKey.of(name), MAXIMUM_BYTES));
    }

    void delete(ArtifactName name) throws JobFailure, InterruptedException {
        call(() -> store.delete(ObjectKey.of(name)));
    }

    /** Stores an artifact; another or a damaged one of that name is replaced, for only who holds the job's lease writes it. */
    void put(ArtifactName name, byte[] bytes) throws JobFailure, InterruptedException {
        ObjectKey key = ObjectKey.of(name);
        for (int i = 0; i < PUT_TRIES; i++) {
            if (call(() -> store.putIfAbsent(key, bytes)) || isThere(key, bytes)) {
                return;
            }
            call(() -> store.delete(key));
        }
        throw new JobFailure(ErrorCode.STORE_UNAVAILABLE, "artifact " + name + " keeps being changed by someone else");
    }

    private boolean isThere(ObjectKey key, byte[] bytes) throws JobFailure, InterruptedException {
        return call(() -> {
            try {
                return Arrays.equals(store.read(key, MAXIMUM_BYTES), bytes);
            } catch (MissingArtifact | CorruptArtifact e) {
                return false;
            }
        });
    }

    /** A call of the store. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T call(Call<T> call) throws JobFailure, InterruptedException {
        try {
            return call.run();
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            InterruptedException interrupted = new InterruptedException("interrupted at the object store");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException e) {
            throw new JobFailure(code(e), String.valueOf(e.getMessage()), e);
        }
    }

    private static ErrorCode code(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return switch (e) {
            case MissingArtifact missing -> ErrorCode.ARTIFACT_MISSING;
            case CorruptArtifact corrupt -> ErrorCode.ARTIFACT_CORRUPT;
            default ->
                message.contains("no space left") || message.contains("quota exceeded")
                        ? ErrorCode.DISK_FULL
                        : ErrorCode.STORE_UNAVAILABLE;
        };
    }

    /** Whether an artifact has to be made again. */
    static boolean isLost(JobFailure failure) {
        return failure.code() == ErrorCode.ARTIFACT_MISSING || failure.code() == ErrorCode.ARTIFACT_CORRUPT;
    }
}
