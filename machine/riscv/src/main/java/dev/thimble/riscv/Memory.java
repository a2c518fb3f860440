package dev.thimble.riscv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Words of RAM and input, sparse, each with the stamp of its last access (0 = never). The first access under a new stamp
 * is noted: these are the addresses that a segment touches.
 */
final class Memory {
    private static final int LOG_PAGE_WORDS = 12;
    private static final int PAGE_WORDS = 1 << LOG_PAGE_WORDS;
    private static final int OFFSET_MASK = PAGE_WORDS - 1;

    /** Page p holds words p · 2^12 …: value at 2 · offset, stamp at 2 · offset + 1. */
    private final int[] @Nullable [] pages = new int[(MemoryMap.INPUT_END >>> 2) >>> LOG_PAGE_WORDS][];

    private int stamp;
    private int touched;
    private int[] touchedAddress = new int[1024];
    private int[] touchedValue = new int[1024];
    private int[] touchedStamp = new int[1024];

    /** Starts a new stamp, with nothing touched. */
    void begin(int newStamp) {
        stamp = newStamp;
        touched = 0;
    }

    /** Returns the number of words touched since {@link #begin}. */
    int touched() {
        return touched;
    }

    /** Reads a word and touches it. */
    int load(int wordAddress) {
        int[] page = pages[wordAddress >>> LOG_PAGE_WORDS];
        if (page == null) {
            page = allocate(wordAddress);
        }
        int at = (wordAddress & OFFSET_MASK) << 1;
        if (page[at + 1] != stamp) {
            touch(page, at, wordAddress);
        }
        return page[at];
    }

    /** Writes a word and touches it. */
    void store(int wordAddress, int value) {
        int[] page = pages[wordAddress >>> LOG_PAGE_WORDS];
        if (page == null) {
            page = allocate(wordAddress);
        }
        int at = (wordAddress & OFFSET_MASK) << 1;
        if (page[at + 1] != stamp) {
            touch(page, at, wordAddress);
        }
        page[at] = value;
    }

    /** Reads a word without touching it. */
    int peek(int wordAddress) {
        int[] page = pages[wordAddress >>> LOG_PAGE_WORDS];
        return page == null ? 0 : page[(wordAddress & OFFSET_MASK) << 1];
    }

    /** Returns the stamp of the last access, 0 if there was none. */
    int stampOf(int wordAddress) {
        int[] page = pages[wordAddress >>> LOG_PAGE_WORDS];
        return page == null ? 0 : page[((wordAddress & OFFSET_MASK) << 1) + 1];
    }

    /** Sets a word and its stamp without touching it. */
    void preset(int wordAddress, int value, int newStamp) {
        int[] page = pages[wordAddress >>> LOG_PAGE_WORDS];
        if (page == null) {
            page = allocate(wordAddress);
        }
        int at = (wordAddress & OFFSET_MASK) << 1;
        page[at] = value;
        page[at + 1] = newStamp;
    }

    private int[] allocate(int wordAddress) {
        int[] page = new int[2 * PAGE_WORDS];
        pages[wordAddress >>> LOG_PAGE_WORDS] = page;
        return page;
    }

    private void touch(int[] page, int at, int wordAddress) {
        if (touched == touchedAddress.length) {
            touchedAddress = Arrays.copyOf(touchedAddress, 2 * touched);
            touchedValue = Arrays.copyOf(touchedValue, 2 * touched);
            touchedStamp = Arrays.copyOf(touchedStamp, 2 * touched);
        }
        touchedAddress[touched] = wordAddress;
        touchedValue[touched] = page[at];
        touchedStamp[touched] = page[at + 1];
        touched++;
        page[at + 1] = stamp;
    }

    /** Adds a record for every touched word, in ascending order of addresses. */
    void collect(BoundaryRecords.Builder records) {
        long[] order = new long[touched];
        for (int i = 0; i < touched; i++) {
            order[i] = ((long) touchedAddress[i] << 32) | i;
        }
        Arrays.sort(order);
        for (long entry : order) {
            int i = (int) entry;
            int address = touchedAddress[i];
            records.add(MemoryMap.SPACE_MEMORY, address, touchedValue[i], touchedStamp[i], peek(address));
        }
    }

    /** Adds the memory records of a boundary from index {@code first}, with present values, and every word touched beside. */
    void merge(BoundaryRecords boundary, int first, BoundaryRecords.Builder records) {
        int[] others = Arrays.copyOf(touchedAddress, touched);
        Arrays.sort(others);
        int next = 0;
        for (int i = first; i < boundary.size(); i++) {
            int address = boundary.address(i);
            while (next < touched && others[next] < address) {
                records.add(MemoryMap.SPACE_MEMORY, others[next], 0, 0, peek(others[next]));
                next++;
            }
            records.add(MemoryMap.SPACE_MEMORY, address, boundary.valueIn(i), boundary.timestampIn(i), peek(address));
        }
        for (; next < touched; next++) {
            records.add(MemoryMap.SPACE_MEMORY, others[next], 0, 0, peek(others[next]));
        }
    }

    /** Adds every word that was ever touched to a summary, in ascending order of addresses. */
    void summarize(Program program, GuestInput input, MemorySummary.Builder summary) {
        int[] image = program.image();
        int[] inputWords = input.words();
        for (int p = 0; p < pages.length; p++) {
            int[] page = pages[p];
            if (page == null) {
                continue;
            }
            for (int offset = 0; offset < PAGE_WORDS; offset++) {
                if (page[2 * offset + 1] != 0) {
                    int address = (p << LOG_PAGE_WORDS) + offset;
                    int initial = word(image, address - (program.imageBase() >>> 2))
                            | word(inputWords, address - (MemoryMap.INPUT_BASE >>> 2));
                    summary.add(MemoryMap.SPACE_MEMORY, address, initial, page[2 * offset], page[2 * offset + 1]);
                }
            }
        }
    }

    private static int word(int[] words, int index) {
        return index >= 0 && index < words.length ? words[index] : 0;
    }
}
