// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

/**
 * The books of an account, or a change of them, by double entry: what was paid in is somewhere, always. In millionths of the
 * account's currency. A sum that is too large for a {@code long} is refused ({@link ArithmeticException}).
 *
 * @param funded what the operator has credited
 * @param available what is left to be spent; negative where the account is not prepaid, or by a credit
 * @param reserved for what is on its way and may still come to nothing
 * @param charged for good
 */
public record Amounts(long funded, long available, long reserved, long charged) {
    public static final Amounts ZERO = new Amounts(0, 0, 0, 0);

    public Amounts {
        if (funded != Math.addExact(Math.addExact(available, reserved), charged)) {
            throw new IllegalArgumentException("what was paid in is not what is there");
        }
    }

    /** The operator credits an amount, or takes it back when it is negative. */
    public static Amounts funding(long micros) {
        return new Amounts(micros, micros, 0, 0);
    }

    /** The account spends: amounts that are negative come back. */
    public static Amounts spending(long reserved, long charged) {
        return new Amounts(0, Math.negateExact(Math.addExact(reserved, charged)), reserved, charged);
    }

    public Amounts plus(Amounts change) {
        return new Amounts(
                Math.addExact(funded, change.funded),
                Math.addExact(available, change.available),
                Math.addExact(reserved, change.reserved),
                Math.addExact(charged, change.charged));
    }

    /** Reserved and charged together. */
    public long spent() {
        return Math.addExact(reserved, charged);
    }

    public boolean isZero() {
        return equals(ZERO);
    }
}
