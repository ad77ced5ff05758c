// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

/** What an answer to a captcha is worth. */
public sealed interface Verdict {
    /** @param task what was solved: however its solution is written, it is good once */
    record Passed(String task) implements Verdict {}

    /** @param reason for the caller */
    record Refused(String reason) implements Verdict {}

    /** Nobody can say: the provider did not answer, or does not know our secret. It is no pass. */
    record Unknown() implements Verdict {}
}
