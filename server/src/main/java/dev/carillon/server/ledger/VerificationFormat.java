// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.verification.Channel;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.CodeHash;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Sealed;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Instant;
import java.util.UUID;

/** A verification as bytes. Enums are written by position: new constants go to the end. */
final class VerificationFormat {
    private static final int QUEUED = 0;
    private static final int REPORTED = 1;
    private static final int CHECKED = 2;
    private static final int FEEDBACK = 3;

    private VerificationFormat() {}

    static void write(RowWriter to, Verification value) {
        to.uuid(value.account())
                .instant(value.createdAt())
                .optional(value.window(), to::instant)
                .optional(value.refusal(), refusal -> RowFormat.writeRefusal(to, refusal))
                .optional(value.previous(), to::uuid)
                .flag(value.test())
                .uuid(value.block())
                .number(value.blockMember())
                .bytes(value.subject().bytes())
                .list(value.events(), event -> write(to, event));
    }

    static Verification read(RowReader from, UUID id) {
        return new Verification(
                id,
                from.uuid(),
                from.instant(),
                from.optional(from::instant),
                from.optional(() -> RowFormat.readRefusal(from)),
                from.optional(from::uuid),
                from.flag(),
                from.uuid(),
                (int) from.number(),
                new Sealed(from.bytes()),
                from.list(() -> event(from)));
    }

    private static void write(RowWriter to, VerificationEvent event) {
        switch (event) {
            case AttemptQueued queued ->
                to.number(QUEUED)
                        .instant(queued.at())
                        .uuid(queued.id())
                        .number(queued.number())
                        .constant(queued.channel())
                        .text(queued.senderId())
                        .optional(
                                queued.code(), code -> to.number(code.pepper()).bytes(code.mac()))
                        .optional(queued.content(), content -> to.bytes(content.bytes()));
            case AttemptReported report ->
                to.number(REPORTED)
                        .instant(report.at())
                        .number(report.attempt())
                        .constant(report.status())
                        .instant(report.originatedAt());
            case CodeChecked check ->
                to.number(CHECKED)
                        .instant(check.at())
                        .uuid(check.id())
                        .constant(check.result())
                        .number(check.matched())
                        .optional(check.code(), code -> to.bytes(code.bytes()));
            case FeedbackGiven feedback ->
                to.number(FEEDBACK).instant(feedback.at()).uuid(feedback.id()).flag(feedback.onboarded());
        }
    }

    private static VerificationEvent event(RowReader from) {
        int kind = (int) from.number();
        Instant at = from.instant();
        return switch (kind) {
            case QUEUED ->
                new AttemptQueued(
                        at,
                        from.uuid(),
                        (int) from.number(),
                        from.constant(Channel.values()),
                        from.text(),
                        from.optional(() -> new CodeHash((int) from.number(), from.bytes())),
                        from.optional(() -> new Sealed(from.bytes())));
            case REPORTED ->
                new AttemptReported(at, (int) from.number(), from.constant(DeliveryStatus.values()), from.instant());
            case CHECKED ->
                new CodeChecked(
                        at,
                        from.uuid(),
                        from.constant(CheckResult.values()),
                        (int) from.number(),
                        from.optional(() -> new Sealed(from.bytes())));
            case FEEDBACK -> new FeedbackGiven(at, from.uuid(), from.flag());
            default -> throw new IllegalArgumentException("no such event");
        };
    }
}
