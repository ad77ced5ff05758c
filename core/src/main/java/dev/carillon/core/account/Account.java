// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import java.time.Instant;
import java.util.UUID;

/**
 * The customer.
 *
 * @param id what the wire calls {@code customer_uuid}
 * @param name for people; 1 to 100 characters
 * @param suspended a suspended account is refused everywhere, and loses nothing
 */
public record Account(UUID id, String name, boolean suspended, Policy policy, Instant createdAt) {
    public Account {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("name must be 1 to 100 characters");
        }
    }
}
