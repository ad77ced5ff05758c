// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

/**
 * The two ways an SMS can carry text, and what fits (3GPP TS 23.040: 140 octets, of which a part of a longer
 * message spends 6 on saying which part it is).
 */
public enum SmsEncoding {
    /** GSM 03.38 (3GPP TS 23.038): 7 bits a character, counted in septets. */
    GSM_7(160, 153),
    /** Any character in 16-bit units; those outside the basic plane take two. */
    UCS_2(70, 67);

    private final int single;
    private final int part;

    SmsEncoding(int single, int part) {
        this.single = single;
        this.part = part;
    }

    /** Units (septets or 16-bit units) that fit a message of one segment. */
    public int singleCapacity() {
        return single;
    }

    /** Units that fit each segment of a message of several. */
    public int partCapacity() {
        return part;
    }
}
