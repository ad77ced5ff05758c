// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.time.Instant;

/**
 * There is no key for what ends then: it is past, too far ahead, or keys were not maintained. After a clock was set by hours that lasts until
 * the next upkeep, a second at the most.
 */
public final class NoWindowKeyException extends RuntimeException {
    /** @param until when what was to be sealed ends */
    public NoWindowKeyException(Instant until) {
        super("there is no window key for " + until + ": it is past, too far ahead, or keys were not maintained");
    }
}
