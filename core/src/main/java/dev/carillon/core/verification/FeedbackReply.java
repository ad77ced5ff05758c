// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.UUID;

/** The answer to feedback. */
public sealed interface FeedbackReply {
    record Recorded(UUID feedback) implements FeedbackReply {}

    /** The same was said of the same verification before. */
    record Duplicated() implements FeedbackReply {}

    /** The number had no verification lately. */
    record NoVerification() implements FeedbackReply {}
}
