// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Rate;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Route;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.CodeHash;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Failure;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.Sealed;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A verification as bytes. Enums are written by position: new constants go to the end. */
final class VerificationFormat {
    private static final int QUEUED = 0;
    private static final int REPORTED = 1;
    private static final int CHECKED = 2;
    private static final int FEEDBACK = 3;
    private static final int ROUTED = 4;
    private static final int BALANCE = 5;

    private static final int CALLBACK = 0;
    private static final int ENDPOINT = 1;

    /** Form 1 knew no routes: there was one connection, and this was its name. Form 2 knew no audiences, form 3 no prices. */
    private static final String ONLY_CONNECTION = "simulator";

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
                .list(value.audiences(), audience -> write(to, audience))
                .optional(value.terms(), terms -> write(to, terms))
                .list(value.events(), event -> write(to, event));
    }

    static Verification read(RowReader from, UUID id, int form) {
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
                form < 3 ? List.of() : from.list(() -> audience(from)),
                form < 4 ? Optional.empty() : from.optional(() -> terms(from)),
                from.list(() -> event(from, form)));
    }

    private static void write(RowWriter to, Audience audience) {
        switch (audience) {
            case Audience.Callback callback -> to.number(CALLBACK).uuid(callback.receiver());
            case Audience.Endpoint endpoint ->
                to.number(ENDPOINT).uuid(endpoint.id()).uuid(endpoint.receiver());
        }
    }

    private static Audience audience(RowReader from) {
        int kind = (int) from.number();
        return switch (kind) {
            case CALLBACK -> new Audience.Callback(from.uuid());
            case ENDPOINT -> new Audience.Endpoint(from.uuid(), from.uuid());
            default -> throw new IllegalArgumentException("unknown kind of audience " + kind);
        };
    }

    private static void write(RowWriter to, Terms terms) {
        to.text(terms.currency())
                .text(terms.country())
                .number(terms.verification())
                .list(terms.messages(), rate -> to.optional(rate.channel(), to::constant)
                        .optional(rate.network(), network -> to.text(network.code()))
                        .number(rate.micros())
                        .flag(rate.atCost()))
                .flag(terms.refundUndelivered());
    }

    private static Terms terms(RowReader from) {
        return new Terms(
                from.text(),
                from.text(),
                from.number(),
                from.list(() -> new Rate(
                        from.optional(() -> from.constant(Channel.values())),
                        from.optional(() -> new Network(from.text())),
                        from.number(),
                        from.flag())),
                from.flag());
    }

    private static void write(RowWriter to, VerificationEvent event) {
        switch (event) {
            case AttemptQueued queued ->
                to.number(QUEUED)
                        .instant(queued.at())
                        .uuid(queued.id())
                        .number(queued.number())
                        .list(queued.route().hops(), hop -> to.constant(hop.channel())
                                .text(hop.connection())
                                .text(hop.senderId())
                                .optional(hop.cost(), cost -> write(to, cost)))
                        .list(queued.route().reasons(), to::text)
                        .flag(queued.automatic())
                        .optional(
                                queued.code(), code -> to.number(code.pepper()).bytes(code.mac()))
                        .optional(queued.content(), content -> to.bytes(content.bytes()));
            case AttemptRouted routed ->
                to.number(ROUTED)
                        .instant(routed.at())
                        .number(routed.attempt())
                        .number(routed.hop())
                        .list(routed.wrongChannels().stream().sorted().toList(), to::constant)
                        .optional(routed.providerId(), to::text)
                        .optional(routed.price(), price -> write(to, price));
            case AttemptReported report -> {
                to.number(REPORTED).instant(report.at()).number(report.attempt());
                writeNews(to, report.news());
                to.optional(report.failure(), to::constant);
            }
            case CodeChecked check ->
                to.number(CHECKED)
                        .instant(check.at())
                        .uuid(check.id())
                        .constant(check.result())
                        .number(check.matched())
                        .optional(check.code(), code -> to.bytes(code.bytes()));
            case BalanceChanged change ->
                to.number(BALANCE)
                        .instant(change.at())
                        .number(change.item())
                        .number(change.reserved())
                        .number(change.charged());
            case FeedbackGiven feedback ->
                to.number(FEEDBACK).instant(feedback.at()).uuid(feedback.id()).flag(feedback.onboarded());
        }
    }

    static void writeNews(RowWriter to, News news) {
        boolean more = news.price().isPresent()
                || news.network().isPresent()
                || news.code().isPresent();
        to.constant(news.status()).instant(news.originatedAt()).flag(more);
        if (more) {
            to.optional(news.price(), price -> write(to, price))
                    .optional(news.network(), network -> to.text(network.code()))
                    .optional(news.code(), to::text);
        }
    }

    static News readNews(RowReader from) {
        News news = plainNews(from);
        return from.flag()
                ? new News(
                        news.status(),
                        news.originatedAt(),
                        from.optional(() -> money(from)),
                        from.optional(() -> new Network(from.text())),
                        from.optional(from::text))
                : news;
    }

    private static News plainNews(RowReader from) {
        return News.of(from.constant(DeliveryStatus.values()), from.instant());
    }

    private static void write(RowWriter to, Money money) {
        to.number(money.micros()).text(money.currency());
    }

    private static Money money(RowReader from) {
        return new Money(from.number(), from.text());
    }

    private static Route route(RowReader from, int form) {
        if (form == 1) {
            return new Route(
                    List.of(new Hop(from.constant(Channel.values()), ONLY_CONNECTION, from.text())), List.of());
        }
        return new Route(
                from.list(() -> new Hop(
                        from.constant(Channel.values()),
                        from.text(),
                        from.text(),
                        form < 4 ? Optional.empty() : from.optional(() -> money(from)))),
                from.list(from::text));
    }

    private static VerificationEvent event(RowReader from, int form) {
        int kind = (int) from.number();
        Instant at = from.instant();
        return switch (kind) {
            case QUEUED ->
                new AttemptQueued(
                        at,
                        from.uuid(),
                        (int) from.number(),
                        route(from, form),
                        form > 1 && from.flag(),
                        from.optional(() -> new CodeHash((int) from.number(), from.bytes())),
                        from.optional(() -> new Sealed(from.bytes())));
            case REPORTED ->
                form == 1
                        ? new AttemptReported(at, (int) from.number(), plainNews(from), Optional.empty())
                        : new AttemptReported(
                                at,
                                (int) from.number(),
                                readNews(from),
                                from.optional(() -> from.constant(Failure.values())));
            case ROUTED ->
                new AttemptRouted(
                        at,
                        (int) from.number(),
                        (int) from.number(),
                        Set.copyOf(from.list(() -> from.constant(Channel.values()))),
                        from.optional(from::text),
                        from.optional(() -> money(from)));
            case CHECKED ->
                new CodeChecked(
                        at,
                        from.uuid(),
                        from.constant(CheckResult.values()),
                        (int) from.number(),
                        from.optional(() -> new Sealed(from.bytes())));
            case BALANCE -> new BalanceChanged(at, (int) from.number(), from.number(), from.number());
            case FEEDBACK -> new FeedbackGiven(at, from.uuid(), from.flag());
            default -> throw new IllegalArgumentException("no such event");
        };
    }
}
