// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

/**
 * A lane that was used in the window before, and what came of it.
 *
 * <p>One attempt may have tried several.
 */
public record Tried(Lane lane, Result result) {
    /** What came of it. */
    public enum Result {
        /** It was handed over, or is about to be; no more is known. */
        SENT,
        /** It may have been handed over or not. */
        UNKNOWN,
        DELIVERED,
        /** It did not arrive. */
        FAILED,
        /** The number cannot be reached by this channel, whoever sends. */
        WRONG_CHANNEL
    }
}
