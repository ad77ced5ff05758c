// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.fuzz;

import java.util.Arrays;

/**
 * What Jazzer calls, again and again. With the system property {@code carillon.fuzz.target} all input goes to that target; without it
 * the first byte says to which, so that one short run has them all.
 */
public final class Fuzzer {
    private static final String TARGET = System.getProperty("carillon.fuzz.target", "");

    private Fuzzer() {}

    /** Jazzer calls it first. What is made once is made here, so that it is not taken for an input that takes long. */
    public static void fuzzerInitialize() throws Exception {
        for (FuzzTarget target : FuzzTarget.values()) {
            for (byte[] seed : target.seeds()) {
                target.check(seed);
            }
        }
    }

    /** Jazzer finds it by its name. */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        FuzzTarget[] targets = FuzzTarget.values();
        if (!TARGET.isEmpty()) {
            FuzzTarget.valueOf(TARGET).check(data);
        } else if (data.length > 0) {
            targets[(data[0] & 0xFF) % targets.length].check(Arrays.copyOfRange(data, 1, data.length));
        }
    }
}
