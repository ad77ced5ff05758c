// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.Optional;

/**
 * What leads from a command's keys to its verification.
 *
 * @param number the record of the command's number
 * @param reference what is stored under the command's provider reference
 */
public record Clues(Optional<NumberRecord> number, Optional<Reference> reference) {
    /** Nothing leads anywhere: what a command names itself. */
    public static final Clues NONE = new Clues(Optional.empty(), Optional.empty());
}
