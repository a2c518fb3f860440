package dev.thimble.plonk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sectioned binary file, mapped into memory. */
final class SectionReader {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Map<Integer, MemorySegment> sections = new HashMap<>();

    /** Maps a whole file for reading; unmapped when nothing refers to it any more. */
    static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    /**
     * @throws CrsException if sections overlap the end of the file, repeat, or bytes are left over
     */
    SectionReader(Path file, MemorySegment all) throws CrsException {
        if (all.byteSize() < 12) {
            throw new CrsException(file, "too short for a header");
        }
        int count = all.get(INT, 8);
        long at = 12;
        for (int i = 0; i < count; i++) {
            if (all.byteSize() - at < 12) {
                throw new CrsException(file, "truncated: " + i + " of " + count + " sections are there");
            }
            int id = all.get(INT, at);
            long size = all.get(LONG, at + 4);
            at += 12;
            if (size < 0 || size > all.byteSize() - at) {
                throw new CrsException(file, "truncated in section " + id);
            }
            if (sections.put(id, all.asSlice(at, size)) != null) {
                throw new CrsException(file, "section " + id + " appears twice");
            }
            at += size;
        }
        if (at != all.byteSize()) {
            throw new CrsException(file, (all.byteSize() - at) + " bytes follow the last section");
        }
    }

    @Nullable
    MemorySegment find(int id) {
        return sections.get(id);
    }
}
