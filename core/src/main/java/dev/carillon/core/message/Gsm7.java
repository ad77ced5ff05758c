// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The GSM 7-bit default alphabet and its extension (3GPP TS 23.038 §6.2.1). Without the national tables, which
 * too few phones know.
 */
public final class Gsm7 {

    private static final int ESCAPE = 0x1B;

    /** The character of each septet. At 0x1B stands the escape, which is no character. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Characters that take an escape and a second septet, and in the same order those septets. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private static final int[] EXTENSION_SEPTETS = {0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65};

    /** Indexed by character up to the last of the alphabet; {@link #NONE} where it has none, otherwise the septets. */
    private static final short[] SEPTETS = new short['€' + 1];

    private static final short NONE = -1;

    static {
        Arrays.fill(SEPTETS, NONE);
        for (int septet = 0; septet < BASIC.length(); septet++) {
            if (septet != ESCAPE) {
                SEPTETS[BASIC.charAt(septet)] = (short) septet;
            }
        }
        for (int i = 0; i < EXTENSION.length(); i++) {
            SEPTETS[EXTENSION.charAt(i)] = (short) (ESCAPE << 8 | EXTENSION_SEPTETS[i]);
        }
    }

    private Gsm7() {}

    /** The septets that a character takes: 1, 2 for one of the extension, 0 when the alphabet lacks it. */
    public static int septets(char character) {
        short septets = lookup(character);
        return septets == NONE ? 0 : septets > 0xFF ? 2 : 1;
    }

    /** Whether the alphabet has every character of a text. */
    public static boolean canEncode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (lookup(text.charAt(i)) == NONE) {
                return false;
            }
        }
        return true;
    }

    /**
     * The text as septets, one in each byte (unpacked, as SMPP wants them).
     *
     * @return absent when the alphabet lacks one of the characters
     */
    public static Optional<byte[]> encode(String text) {
        ByteArrayOutputStream septets = new ByteArrayOutputStream(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            short character = lookup(text.charAt(i));
            if (character == NONE) {
                return Optional.empty();
            }
            if (character > 0xFF) {
                septets.write(ESCAPE);
            }
            septets.write(character & 0xFF);
        }
        return Optional.of(septets.toByteArray());
    }

    private static short lookup(char character) {
        return character < SEPTETS.length ? SEPTETS[character] : NONE;
    }
}
