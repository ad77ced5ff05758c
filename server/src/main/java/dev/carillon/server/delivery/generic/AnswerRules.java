// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What answers mean.
 *
 * @param statuses that accept
 * @param body what the body of an answer that accepts must have in it
 * @param id where the provider's id is; an answer without it is none that can be read
 * @param idInReceipts whether receipts come under that id alone
 * @param code where an error's code is
 * @param words where an error's words are
 * @param outcomes by code; {@code http-404} is the code of an answer with status 404 and no other
 */
record AnswerRules(
        List<Range> statuses,
        Optional<Pattern> body,
        Optional<Place> id,
        boolean idInReceipts,
        Optional<Place> code,
        Optional<Place> words,
        Map<String, Function<String, SendResult>> outcomes) {

    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    record Range(int first, int last) {}

    static AnswerRules read(Options options, boolean idInReceipts) {
        Options accepted = options.section("accepted");
        Optional<Place> id = Place.read(accepted, "id");
        if (idInReceipts && id.isEmpty()) {
            throw accepted.wrong("id", "is missing: receipts come under it");
        }
        List<Range> statuses = ranges(accepted);
        Optional<Pattern> body = accepted.optionalText("body").map(text -> Place.pattern(accepted, "body", text));
        accepted.refuseUnknown();
        Options errors = options.section("errors");
        AnswerRules rules = new AnswerRules(
                statuses,
                body,
                id,
                idInReceipts,
                Place.read(errors, "code"),
                Place.read(errors, "words"),
                outcomes(errors));
        errors.refuseUnknown();
        return rules;
    }

    SendResult result(HttpReply reply) {
        Place.Document document =
                new Place.Document(JsonTree.read(reply.body()), Map.of(), reply.headers(), reply.body());
        Optional<String> found = code.flatMap(place -> place.in(document));
        String detail = Outcomes.detail(reply, found, words.flatMap(place -> place.in(document)));
        Optional<SendResult> known = found.or(() -> Optional.of("http-" + reply.status()))
                .map(outcomes::get)
                .map(outcome -> outcome.apply(detail));
        if (known.isPresent()) {
            return known.get();
        }
        boolean accepts =
                statuses.stream().anyMatch(range -> reply.status() >= range.first() && reply.status() <= range.last())
                        && body.map(pattern -> pattern.matcher(Place.bounded(reply.body()))
                                        .find())
                                .orElse(true);
        if (!accepts) {
            // An error that the provider names is one, also where it says 200 to everything.
            return found.isPresent() && reply.isSuccess()
                    ? new SendResult.Fault(detail)
                    : Outcomes.byStatus(reply, detail);
        }
        Optional<String> providerId = id.flatMap(place -> place.in(document));
        if (id.isPresent() && providerId.isEmpty()) {
            return new SendResult.Unknown("no id in the answer");
        }
        return new SendResult.Accepted(providerId.filter(_ -> idInReceipts), Optional.empty());
    }

    private static List<Range> ranges(Options accepted) {
        List<Range> ranges = new ArrayList<>();
        for (String text : accepted.text("statuses", "200-299").split(",", -1)) {
            Matcher matcher = RANGE.matcher(text.strip());
            if (!matcher.matches()) {
                throw accepted.wrong("statuses", "must be HTTP statuses, such as 200-299 or 200,202");
            }
            int first = Integer.parseInt(matcher.group(1));
            ranges.add(new Range(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2))));
        }
        return List.copyOf(ranges);
    }

    private static Map<String, Function<String, SendResult>> outcomes(Options errors) {
        Map<String, Function<String, SendResult>> outcomes = new HashMap<>();
        put(errors, "number", outcomes, detail -> new SendResult.Rejected(Reason.NUMBER, detail));
        put(errors, "channel", outcomes, detail -> new SendResult.Rejected(Reason.CHANNEL, detail));
        put(errors, "fraud", outcomes, detail -> new SendResult.Rejected(Reason.FRAUD, detail));
        put(errors, "fault", outcomes, SendResult.Fault::new);
        put(errors, "unknown", outcomes, SendResult.Unknown::new);
        return Map.copyOf(outcomes);
    }

    private static void put(
            Options errors,
            String name,
            Map<String, Function<String, SendResult>> outcomes,
            Function<String, SendResult> outcome) {
        for (String code : errors.texts(name)) {
            if (outcomes.put(code, outcome) != null) {
                throw errors.wrong(name, "has the code " + code + ", which has a meaning already");
            }
        }
    }
}
