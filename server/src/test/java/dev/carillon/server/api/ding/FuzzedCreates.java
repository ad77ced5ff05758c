// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.InvalidRequestException;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.webhook.AddressRules;
import dev.carillon.server.webhook.ReceiverUrl;
import java.util.List;
import java.util.Optional;

/** The body of a create, read up to where the account is needed. */
public final class FuzzedCreates {
    private static final CreateRules RULES = new CreateRules(
            DingErrors.under(Optional.empty()), new ReceiverUrl(new AddressRules(List.of()), false)::objection);

    private FuzzedCreates() {}

    /** What is taken is as the contract has it; what is not gets an answer of the contract's. */
    public static void check(byte[] body) {
        try {
            CreateFields fields = CreateFields.of(JsonBody.parse(body));
            Signals signals = RULES.signals(fields);
            assertThat(signals.deviceId().orElse("x").codePoints()).noneMatch(Character::isISOControl);
            fields.callbackUrl().ifPresent(url -> new ReceiverUrl(new AddressRules(List.of()), false).objection(url));
        } catch (AnswerException | InvalidRequestException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
