// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.message.Gsm7;
import java.nio.charset.StandardCharsets;

/**
 * What an SMSC takes its "default alphabet" for: no bind tells, the contract does.
 *
 * <p>Every alphabet is limited to the characters that GSM 03.38 has as well. The SMSC will turn the text into that for the phone, and
 * what it does with others (such as ç in Latin-1) is anybody's guess; those texts go as UCS-2.
 */
enum Alphabet {
    /** GSM 03.38, one septet in each octet. */
    GSM {
        @Override
        boolean has(char character) {
            return true;
        }
    },
    /** ISO 8859-1. It has no Δ and no €. */
    LATIN1 {
        @Override
        boolean has(char character) {
            return character <= 0xFF;
        }
    },
    ASCII {
        @Override
        boolean has(char character) {
            return character <= 0x7F;
        }
    };

    abstract boolean has(char character);

    boolean canEncode(String text) {
        if (!Gsm7.canEncode(text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!has(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The octets of a text that {@link #canEncode} holds for. */
    byte[] encode(String text) {
        return this == GSM ? Gsm7.encode(text).orElseThrow() : text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
