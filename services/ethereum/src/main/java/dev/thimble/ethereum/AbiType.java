package dev.thimble.ethereum;

import dev.thimble.chain.Address;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A type of the Solidity contract ABI (specification v0.8). Java values: {@code BigInteger} (or {@code Long}, {@code
 * Integer} on the way in) for integers, {@code Boolean}, {@link Address}, {@code byte[]} for bytes of fixed and free
 * length, {@code String}, and {@code List} for arrays and tuples.
 */
public sealed interface AbiType {
    /** {@code uint<bits>}. */
    record Uint(int bits) implements AbiType {}

    /** {@code bool}. */
    record Bool() implements AbiType {}

    /** {@code address}. */
    record AddressType() implements AbiType {}

    /** {@code bytes<length>}. */
    record FixedBytes(int length) implements AbiType {}

    /** {@code bytes}. */
    record Bytes() implements AbiType {}

    /** {@code string}. */
    record Text() implements AbiType {}

    /** {@code element[length]}, or {@code element[]} if the length is negative. */
    record Array(AbiType element, int length) implements AbiType {}

    /** A tuple, a struct or a list of arguments. */
    record Tuple(List<AbiType> members) implements AbiType {}

    /** The name as it stands in signatures. */
    default String signature() {
        return switch (this) {
            case Uint(int bits) -> "uint" + bits;
            case Bool() -> "bool";
            case AddressType() -> "address";
            case FixedBytes(int length) -> "bytes" + length;
            case Bytes() -> "bytes";
            case Text() -> "string";
            case Array(AbiType element, int length) -> element.signature() + "[" + (length < 0 ? "" : length) + "]";
            case Tuple(List<AbiType> members) ->
                members.stream().map(AbiType::signature).collect(Collectors.joining(",", "(", ")"));
        };
    }

    /** True if the encoding is a pointer to a tail. */
    default boolean isDynamic() {
        return switch (this) {
            case Bytes() -> true;
            case Text() -> true;
            case Array(AbiType element, int length) -> length < 0 || element.isDynamic();
            case Tuple(List<AbiType> members) -> members.stream().anyMatch(AbiType::isDynamic);
            default -> false;
        };
    }

    /** Bytes in the head: 32 for a pointer. */
    default int headBytes() {
        if (isDynamic()) {
            return 32;
        }
        return switch (this) {
            case Array(AbiType element, int length) -> length * element.headBytes();
            case Tuple(List<AbiType> members) ->
                members.stream().mapToInt(AbiType::headBytes).sum();
            default -> 32;
        };
    }

    /** The type of one parameter of a JSON ABI: {@code type} and, for tuples, {@code components}. */
    static AbiType parse(JsonNode parameter) {
        return parse(parameter.path("type").asString(), parameter);
    }

    /** The tuple of the parameters of a JSON ABI. */
    static Tuple parseTuple(JsonNode parameters) {
        return new Tuple(parameters.valueStream().map(AbiType::parse).toList());
    }

    private static AbiType parse(String name, JsonNode parameter) {
        if (name.endsWith("]")) {
            int open = name.lastIndexOf('[');
            String length = name.substring(open + 1, name.length() - 1);
            return new Array(
                    parse(name.substring(0, open), parameter), length.isEmpty() ? -1 : Integer.parseInt(length));
        }
        return switch (name) {
            case "bool" -> new Bool();
            case "address" -> new AddressType();
            case "bytes" -> new Bytes();
            case "string" -> new Text();
            case "tuple" -> parseTuple(parameter.path("components"));
            default -> parseSized(name);
        };
    }

    private static AbiType parseSized(String name) {
        if (name.matches("uint\\d+")) {
            return new Uint(Integer.parseInt(name.substring(4)));
        }
        if (name.matches("bytes\\d+")) {
            return new FixedBytes(Integer.parseInt(name.substring(5)));
        }
        throw new IllegalArgumentException("ABI type not supported: " + name);
    }
}
