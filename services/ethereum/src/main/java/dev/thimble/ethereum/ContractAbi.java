package dev.thimble.ethereum;

import dev.thimble.chain.Hex;
import dev.thimble.chain.Keccak256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The interface of a contract, from the JSON that the Solidity compiler writes. Function names must not be overloaded. */
public final class ContractAbi {
    /** An event of a log: its name and values, indexed ones first. */
    public record Event(String name, List<Object> values) {}

    private record Entry(String name, AbiType.Tuple inputs, AbiType.Tuple indexed, AbiType.Tuple outputs) {
        byte[] hash() {
            return Keccak256.hash(name + inputs.signature());
        }

        byte[] selector() {
            return Arrays.copyOf(hash(), 4);
        }
    }

    private final Map<String, Entry> functions = new HashMap<>();
    private final Map<String, Entry> errors = new HashMap<>();
    private final Map<String, Entry> events = new HashMap<>();
    private AbiType.Tuple constructor = new AbiType.Tuple(List.of());

    /** Reads the array that the compiler calls {@code abi}. */
    public ContractAbi(JsonNode abi) {
        for (JsonNode entry : abi) {
            String name = entry.path("name").asString("");
            AbiType.Tuple inputs = AbiType.parseTuple(entry.path("inputs"));
            Entry parsed = new Entry(name, inputs, inputs, AbiType.parseTuple(entry.path("outputs")));
            switch (entry.path("type").asString()) {
                case "function" -> functions.put(name, parsed);
                case "error" -> errors.put(Hex.data(parsed.selector()), parsed);
                case "event" -> events.put(Hex.data(parsed.hash()), event(parsed, entry.path("inputs")));
                case "constructor" -> constructor = inputs;
                default -> {} // receive and fallback have no encoding
            }
        }
    }

    private static Entry event(Entry parsed, JsonNode inputs) {
        List<AbiType> indexed = new ArrayList<>();
        List<AbiType> plain = new ArrayList<>();
        for (JsonNode input : inputs) {
            (input.path("indexed").asBoolean() ? indexed : plain).add(AbiType.parse(input));
        }
        return new Entry(parsed.name(), parsed.inputs(), new AbiType.Tuple(indexed), new AbiType.Tuple(plain));
    }

    /** Selector and arguments of a call. */
    public byte[] encodeCall(String function, Object... arguments) {
        Entry entry = function(function);
        return join(entry.selector(), AbiCodec.encode(entry.inputs(), Arrays.asList(arguments)));
    }

    /** The arguments that follow the code of the contract when it is created. */
    public byte[] encodeConstructor(Object... arguments) {
        return AbiCodec.encode(constructor, Arrays.asList(arguments));
    }

    /** The arguments of a call. */
    public List<Object> decodeCall(String function, byte[] data) {
        Entry entry = function(function);
        if (data.length < 4 || !Arrays.equals(Arrays.copyOf(data, 4), entry.selector())) {
            throw new IllegalArgumentException("data does not call " + function);
        }
        return AbiCodec.decode(entry.inputs(), Arrays.copyOfRange(data, 4, data.length));
    }

    /** The values that a function returned. */
    public List<Object> decodeResult(String function, byte[] data) {
        return AbiCodec.decode(function(function).outputs(), data);
    }

    /** A custom error as {@code Name[value, …]}, if the data is one of this contract's. */
    public Optional<String> decodeError(byte[] data) {
        if (data.length < 4) {
            return Optional.empty();
        }
        return Optional.ofNullable(errors.get(Hex.data(Arrays.copyOf(data, 4))))
                .map(error -> error.name() + printable(AbiCodec.decode(error.inputs(), tail(data))));
    }

    /** The event of a log, if it is one of this contract's. */
    public Optional<Event> decodeLog(JsonNode log) {
        JsonNode topics = log.path("topics");
        Entry entry = events.get(topics.path(0).asString(""));
        if (entry == null) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < entry.indexed().members().size(); i++) {
            AbiType.Tuple one =
                    new AbiType.Tuple(List.of(entry.indexed().members().get(i)));
            values.addAll(AbiCodec.decode(one, Hex.parseData(topics.path(i + 1).asString())));
        }
        values.addAll(
                AbiCodec.decode(entry.outputs(), Hex.parseData(log.path("data").asString())));
        return Optional.of(new Event(entry.name(), values));
    }

    private static String printable(List<Object> values) {
        return values.stream()
                .map(value -> value instanceof byte[] bytes ? Hex.data(bytes) : value)
                .toList()
                .toString();
    }

    private Entry function(String name) {
        Entry entry = functions.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("the contract has no function " + name);
        }
        return entry;
    }

    private static byte[] tail(byte[] data) {
        return Arrays.copyOfRange(data, 4, data.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
