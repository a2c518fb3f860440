package dev.thimble.starkprover;

/**
 * Where a value of a plan's step is.
 *
 * @param kind what holds it
 * @param index the register, the column within its matrix, or the node of a scalar
 * @param rotation for columns: 0 for the current row, 1 for the next
 */
record Operand(Kind kind, int index, int rotation) {
    enum Kind {
        /** One base value for all rows. */
        BASE_SCALAR,
        /** One extension value for all rows. */
        EXT_SCALAR,
        PREPROCESSED,
        SHARED,
        MAIN,
        /** An extension column. */
        LOOKUP,
        BASE_REGISTER,
        EXT_REGISTER;

        boolean isScalar() {
            return this == BASE_SCALAR || this == EXT_SCALAR;
        }

        boolean isExtension() {
            return this == EXT_SCALAR || this == LOOKUP || this == EXT_REGISTER;
        }
    }

    boolean isScalar() {
        return kind.isScalar();
    }

    boolean isExtension() {
        return kind.isExtension();
    }
}
