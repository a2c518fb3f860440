package dev.thimble.riscvcircuits;

import dev.thimble.air.Bus;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch of circuit instances claims to the outside: the values of every message that closes the global buses. A
 * boundary message contains nothing else; a value left free would solve one linear equation and forge the sum.
 *
 * @param entryPc where the program starts
 * @param mainVmInstances the number of segments
 * @param memoryInstances the number of MEMORY instances
 * @param output the program's eight output words
 */
public record BatchBoundary(int entryPc, int mainVmInstances, int memoryInstances, List<Integer> output) {
    public static final int OUTPUT_WORDS = 8;

    /** A message that the batch verifier adds itself; elements are canonical. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Message(Bus bus, int sign, int[] tuple) {}

    public BatchBoundary {
        output = List.copyOf(output);
        if (output.size() != OUTPUT_WORDS) {
            throw new IllegalArgumentException("output must have 8 words, got " + output.size());
        }
        if (mainVmInstances < 1 || memoryInstances < 1) {
            throw new IllegalArgumentException("instances of MAIN_VM and MEMORY must be positive, got "
                    + mainVmInstances + " and " + memoryInstances);
        }
    }

    /** The boundary messages: the state and the chain enter and leave, the output is taken. */
    public List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(Buses.STATE, 1, new int[] {0, entryPc, 0}));
        messages.add(new Message(Buses.STATE, -1, new int[] {mainVmInstances, 0, 1}));
        messages.add(new Message(Buses.CHAIN, 1, new int[] {0, 0, 0}));
        messages.add(new Message(Buses.CHAIN, -1, new int[] {memoryInstances, 0, 1}));
        for (int i = 0; i < OUTPUT_WORDS; i++) {
            int word = output.get(i);
            messages.add(new Message(Buses.OUTPUT, -1, new int[] {i, word & 0xFFFF, word >>> 16}));
        }
        return messages;
    }

    /** The values in the order in which the batch seed binds them; canonical, output words as two limbs. */
    public int[] elements() {
        int[] elements = new int[3 + 2 * OUTPUT_WORDS];
        elements[0] = entryPc;
        elements[1] = mainVmInstances;
        elements[2] = memoryInstances;
        for (int i = 0; i < OUTPUT_WORDS; i++) {
            elements[3 + 2 * i] = output.get(i) & 0xFFFF;
            elements[4 + 2 * i] = output.get(i) >>> 16;
        }
        return elements;
    }
}
