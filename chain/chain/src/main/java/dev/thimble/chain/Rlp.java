package dev.thimble.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recursive length prefix (Ethereum yellow paper, appendix B); decoding accepts the canonical form only. */
public final class Rlp {
    private static final int MAX_DEPTH = 16;

    private Rlp() {}

    /** A decoded item: a byte string or a list of items. */
    public sealed interface Item {
        /** The bytes of a string item. */
        default byte[] bytes() {
            if (this instanceof Text(byte[] content)) {
                return content;
            }
            throw new IllegalArgumentException("RLP list where a string was expected");
        }

        /** The items of a list. */
        default List<Item> items() {
            if (this instanceof Group(List<Item> content)) {
                return content;
            }
            throw new IllegalArgumentException("RLP string where a list was expected");
        }

        /** The non-negative number of a string item without zeros in front. */
        default BigInteger number() {
            byte[] content = bytes();
            if (content.length > 0 && content[0] == 0) {
                throw new IllegalArgumentException("RLP number with a zero in front");
            }
            return new BigInteger(1, content);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(byte[] content) implements Item {}

    record Group(List<Item> content) implements Item {}

    /** A byte string. */
    public static byte[] encode(byte[] bytes) {
        if (bytes.length == 1 && bytes[0] >= 0) {
            return bytes.clone();
        }
        return withPrefix(0x80, bytes);
    }

    /** A non-negative number, without zeros in front. */
    public static byte[] encode(BigInteger value) {
        return encode(Hex.toBytes(value, (value.bitLength() + 7) / 8));
    }

    /** As {@link #encode(BigInteger)}. */
    public static byte[] encode(long value) {
        return encode(BigInteger.valueOf(value));
    }

    /** A list of items that are already encoded. */
    public static byte[] list(byte[]... items) {
        return list(Arrays.asList(items));
    }

    /** A list of items that are already encoded. */
    public static byte[] list(List<byte[]> items) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        items.forEach(content::writeBytes);
        return withPrefix(0xc0, content.toByteArray());
    }

    /** A decoded item. */
    public static byte[] encode(Item item) {
        return switch (item) {
            case Text(byte[] content) -> encode(content);
            case Group(List<Item> content) ->
                list(content.stream().map(Rlp::encode).toList());
        };
    }

    /** The one item that the bytes are. */
    public static Item decode(byte[] bytes) {
        Decoder decoder = new Decoder(bytes, 0, bytes.length);
        Item item = decoder.next(0);
        if (decoder.position != bytes.length) {
            throw new IllegalArgumentException("bytes after the RLP item");
        }
        return item;
    }

    /** The bytes of each of the items that stand one after the other. */
    public static List<byte[]> split(byte[] bytes) {
        Decoder decoder = new Decoder(bytes, 0, bytes.length);
        List<byte[]> items = new ArrayList<>();
        while (decoder.position < bytes.length) {
            int start = decoder.position;
            decoder.next(0);
            items.add(Arrays.copyOfRange(bytes, start, decoder.position));
        }
        return items;
    }

    private static byte[] withPrefix(int base, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (content.length < 56) {
            out.write(base + content.length);
        } else {
            byte[] length = Hex.toBytes(
                    BigInteger.valueOf(content.length), (39 - Integer.numberOfLeadingZeros(content.length)) / 8);
            out.write(base + 55 + length.length);
            out.writeBytes(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static final class Decoder {
        private final byte[] bytes;
        private final int end;
        private int position;

        Decoder(byte[] bytes, int position, int end) {
            this.bytes = bytes;
            this.position = position;
            this.end = end;
        }

        Item next(int depth) {
            int prefix = Byte.toUnsignedInt(take(1)[0]);
            if (prefix < 0x80) {
                return new Text(new byte[] {(byte) prefix});
            }
            boolean list = prefix >= 0xc0;
            int length = length(prefix - (list ? 0xc0 : 0x80));
            int start = position;
            byte[] content = take(length);
            if (!list) {
                if (length == 1 && content[0] >= 0) {
                    throw new IllegalArgumentException("RLP byte with a prefix it does not need");
                }
                return new Text(content);
            }
            if (depth == MAX_DEPTH) {
                throw new IllegalArgumentException("RLP lists nested too deeply");
            }
            Decoder inner = new Decoder(bytes, start, position);
            List<Item> items = new ArrayList<>();
            while (inner.position < inner.end) {
                items.add(inner.next(depth + 1));
            }
            return new Group(List.copyOf(items));
        }

        private int length(int code) {
            if (code < 56) {
                return code;
            }
            byte[] digits = take(code - 55);
            BigInteger value = new BigInteger(1, digits);
            if (digits[0] == 0 || value.bitLength() > 31 || value.intValueExact() < 56) {
                throw new IllegalArgumentException("RLP length is not canonical");
            }
            return value.intValueExact();
        }

        private byte[] take(int count) {
            if (count > end - position) {
                throw new IllegalArgumentException("RLP ends early");
            }
            byte[] taken = Arrays.copyOfRange(bytes, position, position + count);
            position += count;
            return taken;
        }
    }
}
