// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.UUID;

/** The answer to a check. */
public sealed interface CheckReply {
    record Answered(UUID verification, CheckResult result) implements CheckReply {}

    /** No such verification, or another account's. */
    record Unknown() implements CheckReply {}
}
