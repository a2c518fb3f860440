package dev.thimble.chain;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The state transition function as a shared library for this machine: the same sources at full speed, for tests and for
 * checking blocks. It keeps its state in static memory, so there is one run at a time.
 */
@SuppressWarnings("restricted") // foreign functions are what it is about
public final class NativeMachine implements StfMachine {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final FunctionDescriptor RUN = FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS);
    private static final FunctionDescriptor WRITE =
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final FunctionDescriptor HINT = FunctionDescriptor.ofVoid(ValueLayout.ADDRESS);
    private static final int HINT_WORDS = 8;
    private static final int OUTPUT_BYTES = 32;
    private static final int WORD_BYTES = 4;

    private final MethodHandle run;

    private NativeMachine(MethodHandle run) {
        this.run = run;
    }

    /**
     * Loads the library.
     *
     * @throws IllegalArgumentException if the file is no such library
     */
    public static NativeMachine load(Path library) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        MemorySegment function = symbols.find("thimble_native_run")
                .orElseThrow(() -> new IllegalArgumentException(library + " has no function thimble_native_run"));
        return new NativeMachine(LINKER.downcallHandle(function, RUN));
    }

    @Override
    public StfRun run(StfProgram program, byte[] input, StfHost host) {
        synchronized (NativeMachine.class) {
            try (Arena arena = Arena.ofConfined()) {
                Callbacks callbacks = new Callbacks(host);
                MemorySegment bytes = arena.allocate(input.length, WORD_BYTES);
                bytes.copyFrom(MemorySegment.ofArray(input));
                MemorySegment output = arena.allocate(OUTPUT_BYTES, WORD_BYTES);
                int exitCode = (int) run.invokeExact(
                        arena.allocateFrom(program.text()),
                        bytes,
                        (long) input.length,
                        callbacks.stub("write", WRITE, arena),
                        callbacks.stub("hint", HINT, arena),
                        output);
                StfRun.Result result = StfRun.halted(exitCode, output.toArray(ValueLayout.JAVA_BYTE), host);
                return new StfRun(result, host.notes(), host.witnessBytes(), Optional.empty());
            } catch (Throwable e) {
                throw new IllegalStateException("the native state transition function failed: " + e.getMessage(), e);
            }
        }
    }

    /** What the library calls; nothing may be thrown into it. */
    @SuppressWarnings("UnusedMethod") // found by their names
    private record Callbacks(StfHost host) {
        MemorySegment stub(String method, FunctionDescriptor descriptor, Arena arena)
                throws ReflectiveOperationException {
            MethodType type = descriptor.toMethodType();
            MethodHandle handle = MethodHandles.lookup().bind(this, method, type);
            return LINKER.upcallStub(handle, descriptor, arena);
        }

        void write(int stream, MemorySegment bytes, long length) {
            host.write(stream, bytes.reinterpret(length).toArray(ValueLayout.JAVA_BYTE));
        }

        void hint(MemorySegment target) {
            int[] words = new int[HINT_WORDS];
            if (!host.hint(words)) {
                Arrays.fill(words, 0);
            }
            MemorySegment.copy(
                    words, 0, target.reinterpret(WORD_BYTES * HINT_WORDS), ValueLayout.JAVA_INT, 0, HINT_WORDS);
        }
    }
}
