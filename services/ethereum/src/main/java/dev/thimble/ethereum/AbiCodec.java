package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import dev.thimble.chain.Hex;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Encoding and strict decoding of ABI values (Solidity ABI specification, "Formal Specification of the Encoding"). */
final class AbiCodec {
    private static final int WORD = 32;

    private AbiCodec() {}

    /** The encoding of a tuple of arguments. */
    static byte[] encode(AbiType.Tuple type, List<?> values) {
        return encodeSequence(type.members(), values, type.signature());
    }

    /** The values of a tuple; bytes beyond it are ignored, as by Solidity. */
    static List<Object> decode(AbiType.Tuple type, byte[] bytes) {
        return decodeSequence(type.members(), bytes, 0);
    }

    private static byte[] encodeSequence(List<AbiType> types, List<?> values, String what) {
        if (types.size() != values.size()) {
            throw new IllegalArgumentException(what + " needs " + types.size() + " values, not " + values.size());
        }
        int headBytes = types.stream().mapToInt(AbiType::headBytes).sum();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        for (int i = 0; i < types.size(); i++) {
            byte[] encoded = encodeValue(types.get(i), values.get(i));
            if (types.get(i).isDynamic()) {
                head.writeBytes(number(BigInteger.valueOf((long) headBytes + tail.size()), 256));
                tail.writeBytes(encoded);
            } else {
                head.writeBytes(encoded);
            }
        }
        head.writeBytes(tail.toByteArray());
        return head.toByteArray();
    }

    private static byte[] encodeValue(AbiType type, Object value) {
        return switch (type) {
            case AbiType.Uint(int bits) -> number(toInteger(value), bits);
            case AbiType.Bool() -> number((Boolean) value ? BigInteger.ONE : BigInteger.ZERO, 1);
            case AbiType.AddressType() -> number(new BigInteger(1, ((Address) value).bytes()), 160);
            case AbiType.FixedBytes(int length) -> fixed((byte[]) value, length);
            case AbiType.Bytes() -> withLength((byte[]) value);
            case AbiType.Text() -> withLength(((String) value).getBytes(StandardCharsets.UTF_8));
            case AbiType.Array(AbiType element, int length) -> encodeArray(element, length, (List<?>) value);
            case AbiType.Tuple(List<AbiType> members) -> encodeSequence(members, (List<?>) value, type.signature());
        };
    }

    private static byte[] encodeArray(AbiType element, int length, List<?> values) {
        int count = length < 0 ? values.size() : length;
        byte[] content = encodeSequence(Collections.nCopies(count, element), values, element.signature() + "[]");
        return length >= 0 ? content : concat(number(BigInteger.valueOf(count), 256), content);
    }

    private static BigInteger toInteger(Object value) {
        return value instanceof BigInteger number ? number : BigInteger.valueOf(((Number) value).longValue());
    }

    private static byte[] number(BigInteger value, int bits) {
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw new IllegalArgumentException("value is not a uint" + bits + ": " + value);
        }
        return Hex.toBytes(value, WORD);
    }

    private static byte[] fixed(byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException("value is not of " + length + " bytes but " + value.length);
        }
        return Arrays.copyOf(value, WORD);
    }

    private static byte[] withLength(byte[] value) {
        int padded = (value.length + WORD - 1) / WORD * WORD;
        return concat(number(BigInteger.valueOf(value.length), 256), Arrays.copyOf(value, padded));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static List<Object> decodeSequence(List<AbiType> types, byte[] bytes, int base) {
        List<Object> values = new ArrayList<>(types.size());
        int position = base;
        for (AbiType type : types) {
            int at = type.isDynamic() ? base + length(bytes, position) : position;
            values.add(decodeValue(type, bytes, at));
            position += type.headBytes();
        }
        return Collections.unmodifiableList(values);
    }

    private static Object decodeValue(AbiType type, byte[] bytes, int at) {
        return switch (type) {
            case AbiType.Uint(int bits) -> bounded(bytes, at, bits);
            case AbiType.Bool() -> bounded(bytes, at, 1).signum() == 1;
            case AbiType.AddressType() -> Address.of(Hex.toBytes(bounded(bytes, at, 160), 20));
            case AbiType.FixedBytes(int length) -> decodeFixed(bytes, at, length);
            case AbiType.Bytes() -> slice(bytes, at + WORD, length(bytes, at));
            case AbiType.Text() -> new String(slice(bytes, at + WORD, length(bytes, at)), StandardCharsets.UTF_8);
            case AbiType.Array(AbiType element, int length)
            when length < 0 -> decodeList(element, length(bytes, at), bytes, at + WORD);
            case AbiType.Array(AbiType element, int length) -> decodeList(element, length, bytes, at);
            case AbiType.Tuple(List<AbiType> members) -> decodeSequence(members, bytes, at);
        };
    }

    private static List<Object> decodeList(AbiType element, int count, byte[] bytes, int at) {
        if ((long) count * element.headBytes() > bytes.length) {
            throw new IllegalArgumentException("ABI array longer than the data: " + count);
        }
        return decodeSequence(Collections.nCopies(count, element), bytes, at);
    }

    private static byte[] decodeFixed(byte[] bytes, int at, int length) {
        byte[] word = slice(bytes, at, WORD);
        for (int i = length; i < WORD; i++) {
            if (word[i] != 0) {
                throw new IllegalArgumentException("ABI bytes" + length + " with non-zero padding");
            }
        }
        return Arrays.copyOf(word, length);
    }

    private static BigInteger bounded(byte[] bytes, int at, int bits) {
        BigInteger value = new BigInteger(1, slice(bytes, at, WORD));
        if (value.bitLength() > bits) {
            throw new IllegalArgumentException("ABI value over " + bits + " bits: " + value);
        }
        return value;
    }

    private static int length(byte[] bytes, int at) {
        BigInteger value = bounded(bytes, at, 256);
        if (value.bitLength() > 31 || value.intValueExact() > bytes.length) {
            throw new IllegalArgumentException("ABI offset or length beyond the data: " + value);
        }
        return value.intValueExact();
    }

    private static byte[] slice(byte[] bytes, int from, int count) {
        if (from < 0 || count > bytes.length - from) {
            throw new IllegalArgumentException("ABI data ends early");
        }
        return Arrays.copyOfRange(bytes, from, from + count);
    }
}
