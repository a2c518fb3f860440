package dev.thimble.riscvcircuits;

import dev.thimble.air.Column;
import dev.thimble.air.Constraints;
import dev.thimble.air.Expr;
import dev.thimble.air.Stage;
import dev.thimble.air.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of MAIN_VM, by the part of the machine that they belong to. Order here is order in the trace. */
final class MainVmColumns {
    /** Preprocessed: the row number, and flags of the first and the last row. */
    record Clock(Column row, Column isFirst, Column isLast) {
        static Clock in(Constraints cs) {
            return new Clock(cs.preprocessed("row"), cs.preprocessed("isFirst"), cs.preprocessed("isLast"));
        }
    }

    /** Shared: where the machine stands. */
    record State(Column segment, Column pc, Column halted) {
        static State in(Constraints cs) {
            return new State(cs.shared("segment"), cs.shared("pc"), cs.shared("halted"));
        }
    }

    /** Shared: one address touched by the segment, its value before and after, and when it was touched last before. */
    record Boundary(
            Column selected, Column space, Column address, Word in, Column timestampIn, Word out, Column lastTime) {
        static Boundary in(Constraints cs) {
            return new Boundary(
                    cs.shared("boundary.selected"),
                    cs.shared("boundary.space"),
                    cs.shared("boundary.address"),
                    Word.shared(cs, "boundary.in"),
                    cs.shared("boundary.timestampIn"),
                    Word.shared(cs, "boundary.out"),
                    cs.main("boundary.lastTime"));
        }
    }

    /** The instruction, as the program table has it. */
    record Decode(
            Column rs1,
            Column rs2,
            Column rd,
            Word immediate,
            Column target,
            Map<Kind, Column> kinds,
            Column jump,
            Column signedA,
            Column signedY,
            Column writes) {
        static Decode in(Constraints cs) {
            Map<Kind, Column> kinds = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                if (kind != Kind.ECALL) {
                    kinds.put(kind, cs.main("is" + kind));
                }
            }
            return new Decode(
                    cs.main("rs1"),
                    cs.main("rs2"),
                    cs.main("rd"),
                    Word.main(cs, "immediate"),
                    cs.main("target"),
                    kinds,
                    cs.main("jump"),
                    cs.main("signedA"),
                    cs.main("signedY"),
                    cs.main("writes"));
        }
    }

    /**
     * Which system call an ECALL row is. Precompiles are of two kinds: those that replace words in place and those that
     * read others first.
     */
    record Calls(Column halt, Column commit, Column hint, Column print, Column inPlace, Column reading) {
        static Calls in(Constraints cs) {
            return new Calls(
                    cs.main("halt"),
                    cs.shared("commit"),
                    cs.main("hint"),
                    cs.main("print"),
                    cs.main("inPlace"),
                    cs.main("reading"));
        }

        /** 1 iff the row calls a precompile. */
        Term precompile() {
            return inPlace.plus(reading);
        }

        /** 1 iff transfers follow. */
        Term transferring() {
            return hint.plus(precompile());
        }
    }

    /**
     * The rows that transfer the words of a system call. Operation is the low limb of its number, on the ECALL row as well;
     * pointer is the word address of the next word at a0.
     */
    record Transfers(
            Column transfer,
            Column precompile,
            Column operation,
            Column index,
            Column last,
            Column read,
            Column pointer) {
        static Transfers in(Constraints cs) {
            return new Transfers(
                    cs.main("transfer"),
                    cs.shared("precompile"),
                    cs.shared("operation"),
                    cs.shared("index"),
                    cs.main("last"),
                    cs.main("read"),
                    cs.main("pointer"));
        }
    }

    /** An access to a register or a memory word: when its address was accessed before, and the low limb of the gap. */
    record Access(Column previous, Column gapLow) {
        static Access in(Constraints cs, String name) {
            return new Access(cs.main(name + ".previous"), cs.main(name + ".gapLow"));
        }
    }

    /** Operands and result: a of rs1, b of rs2, the second operand y, the result, and the old value of rd. */
    record Operands(Word a, Word b, Word y, Word result, Word rdOld) {
        static Operands in(Constraints cs) {
            return new Operands(
                    Word.main(cs, "a"),
                    Word.main(cs, "b"),
                    Word.main(cs, "y"),
                    Word.main(cs, "result"),
                    Word.main(cs, "rdOld"));
        }
    }

    /** The adder: sum with two carries; signs of the operands; a zero test. */
    record Adder(Word sum, Column carryLow, Column carryHigh, Column signA, Column signY, Column zero, Column inverse) {
        static Adder in(Constraints cs) {
            return new Adder(
                    Word.main(cs, "sum"),
                    cs.main("carryLow"),
                    cs.main("carryHigh"),
                    cs.main("signA"),
                    cs.main("signY"),
                    cs.main("zero"),
                    cs.main("inverse"));
        }
    }

    /** Bytes of two words x and y and of x AND y. */
    record Bytes(List<Column> x, List<Column> y, List<Column> and) {
        static Bytes in(Constraints cs) {
            return new Bytes(
                    cs.columns(Stage.MAIN, "x", 4), cs.columns(Stage.MAIN, "y", 4), cs.columns(Stage.MAIN, "and", 4));
        }

        /** Limb i of x: x₂ᵢ + 2^8·x₂ᵢ₊₁. */
        Expr xLimb(int i) {
            return x.get(2 * i).plus(x.get(2 * i + 1).times(256));
        }

        /** Limb i of y. */
        Expr yLimb(int i) {
            return y.get(2 * i).plus(y.get(2 * i + 1).times(256));
        }
    }

    /** The product x·y + remainder, its carries, and what division and shifts need besides. */
    record Product(
            Word remainder,
            List<Column> carries,
            Column topCarry,
            Column shift,
            Column negateY,
            Column negateQuotient,
            Column negateRemainder) {
        static Product in(Constraints cs) {
            return new Product(
                    Word.main(cs, "remainder"),
                    cs.columns(Stage.MAIN, "productCarry", 3),
                    cs.main("topCarry"),
                    cs.main("shift"),
                    cs.main("negateY"),
                    cs.main("negateQuotient"),
                    cs.main("negateRemainder"));
        }
    }

    /** The memory word accessed, and the half-word or byte of it. */
    record Memory(
            Column address,
            Word oldWord,
            Word newWord,
            Column half,
            Column newHalf,
            Column signWord,
            Column offset0,
            Column offset1) {
        static Memory in(Constraints cs) {
            return new Memory(
                    cs.main("memory.address"),
                    Word.shared(cs, "memory.old"),
                    Word.shared(cs, "memory.new"),
                    cs.main("memory.half"),
                    cs.main("memory.newHalf"),
                    cs.main("memory.signWord"),
                    cs.main("memory.offset0"),
                    cs.main("memory.offset1"));
        }
    }

    final Clock clock;
    final State state;
    final Boundary boundary;
    final Decode decode;
    final Calls calls;
    final Transfers transfers;
    final Operands operands;
    final Access accessA;
    final Access accessB;
    final Access accessD;
    final Access accessMemory;
    final Adder adder;
    final Bytes bytes;
    final Product product;
    final Memory memory;

    MainVmColumns(Constraints cs) {
        clock = Clock.in(cs);
        state = State.in(cs);
        boundary = Boundary.in(cs);
        decode = Decode.in(cs);
        calls = Calls.in(cs);
        transfers = Transfers.in(cs);
        operands = Operands.in(cs);
        accessA = Access.in(cs, "a");
        accessB = Access.in(cs, "b");
        accessD = Access.in(cs, "rd");
        accessMemory = Access.in(cs, "memory");
        adder = Adder.in(cs);
        bytes = Bytes.in(cs);
        product = Product.in(cs);
        memory = Memory.in(cs);
    }

    /** 1 iff the row is of one of the kinds; ECALL is the sum of the system calls. */
    Term is(Kind... kinds) {
        List<Term> terms = new ArrayList<>();
        for (Kind kind : kinds) {
            if (kind == Kind.ECALL) {
                terms.addAll(List.of(calls.halt, calls.commit, calls.hint, calls.print, calls.inPlace, calls.reading));
            } else {
                terms.add(kindColumn(kind));
            }
        }
        Term sum = terms.getFirst();
        for (Term term : terms.subList(1, terms.size())) {
            sum = sum.plus(term);
        }
        return sum;
    }

    /** As {@link #is(Kind...)}. */
    Term is(Set<Kind> kinds) {
        return is(kinds.toArray(Kind[]::new));
    }

    /** 1 iff the row executes an instruction. */
    Term active() {
        return is(Kind.values());
    }

    Column kindColumn(Kind kind) {
        Column column = decode.kinds.get(kind);
        if (column == null) {
            throw new IllegalArgumentException("kind " + kind + " has no column of its own");
        }
        return column;
    }
}
