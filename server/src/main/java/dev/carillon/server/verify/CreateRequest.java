// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.phone.PhoneNumber;
import java.util.Optional;

/**
 * A create in a contract's words, checked for form.
 *
 * @param senderId one of the account's own
 * @param correlationId the customer's own id, told again with the status
 * @param locale as given; whatever it is, the message has some language
 * @param idempotencyKey requests with the same key within a day have the same answer
 */
public record CreateRequest(
        PhoneNumber number,
        Signals signals,
        Optional<String> senderId,
        Optional<String> templateId,
        Optional<String> callbackUrl,
        Optional<String> correlationId,
        Optional<String> locale,
        Optional<String> idempotencyKey) {}
