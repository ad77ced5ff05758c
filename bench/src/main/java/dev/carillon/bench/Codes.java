// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

/** How the load generator learns the code that was sent. */
sealed interface Codes {

    /** For a server that has one code for everything; Carillon is none. */
    record Fixed(String code) implements Codes {}

    /** Codes are read out of the simulator's inbox, which is followed on a connection more (not part of any latency). */
    record Inbox() implements Codes {}

    /** Codes are not learned: a pair is its create alone. */
    record None() implements Codes {}

    /** Reads {@code inbox}, {@code none} or {@code fixed:CODE}. */
    static Codes parse(String text) {
        if (text.equals("inbox")) {
            return new Inbox();
        }
        if (text.equals("none")) {
            return new None();
        }
        if (text.matches("fixed:[0-9]{4,8}")) {
            return new Fixed(text.substring("fixed:".length()));
        }
        throw new IllegalArgumentException("expected inbox, none or fixed:CODE, got " + text);
    }
}
