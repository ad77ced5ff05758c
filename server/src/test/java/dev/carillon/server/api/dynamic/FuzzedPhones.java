// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.InvalidRequestException;
import dev.carillon.server.api.JsonBody;

/** The fields of Dynamic's requests, read. */
public final class FuzzedPhones {
    private FuzzedPhones() {}

    /** What is taken is written back as something that is taken for the same number. */
    public static void check(byte[] input) {
        for (boolean sandbox : new boolean[] {false, true}) {
            try {
                JsonBody body = JsonBody.parse(input);
                body.string("verificationUUID").ifPresent(Patterns::isUuid);
                body.string("verificationToken").ifPresent(Patterns::isToken);
                PhoneFields fields = PhoneFields.of(body, sandbox);
                assertThat("+" + fields.countryCode() + fields.national())
                        .isEqualTo(fields.number().value());
            } catch (AnswerException | InvalidRequestException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }
}
