// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.generic.Place;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupProvider;
import dev.carillon.server.lookup.paid.Topic;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Any provider that answers one HTTP request: the settings say what to send and where in the answer things are. One that can tell caller
 * names is asked for them in the same request.
 */
final class HttpLookup implements LookupProvider {
    /** Kind {@code http}. */
    static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "http";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            HttpQuestion question = HttpQuestion.read(options.section("request"));
            HttpLookup provider = new HttpLookup(question, Reading.read(options.section("answer")), calls);
            options.refuseUnknown();
            return provider;
        }
    };

    /**
     * Where things are in an answer.
     *
     * @param proof without which an answer is none
     * @param yes the texts that say that the number was ported; {@code no}: that it was not
     * @param lines by the provider's words
     */
    private record Reading(
            Optional<Place> proof,
            Optional<Place> network,
            Optional<Place> mcc,
            Optional<Place> mnc,
            Optional<Place> carrier,
            Optional<Place> ported,
            Set<String> yes,
            Set<String> no,
            Optional<Place> lineType,
            Map<String, LineType> lines,
            Optional<Place> callerName) {

        static Reading read(Options options) {
            List<String> yes = options.textOrTexts("ported_words");
            List<String> no = options.textOrTexts("not_ported_words");
            Reading reading = new Reading(
                    Place.read(options, "proof"),
                    Place.read(options, "network"),
                    Place.read(options, "mcc"),
                    Place.read(options, "mnc"),
                    Place.read(options, "carrier"),
                    Place.read(options, "ported"),
                    yes.isEmpty() ? Set.of("true") : Set.copyOf(yes),
                    no.isEmpty() ? Set.of("false") : Set.copyOf(no),
                    Place.read(options, "line_type"),
                    lines(options.section("line_types")),
                    Place.read(options, "caller_name"));
            options.refuseUnknown();
            if (reading.topics().isEmpty()) {
                throw options.wrong("network", "is missing, and so is all else that an answer could tell");
            }
            return reading;
        }

        private static Map<String, LineType> lines(Options section) {
            Map<String, LineType> lines = new HashMap<>();
            for (String word : section.names()) {
                lines.put(word, section.choice(word, LineType.class, LineType.UNKNOWN));
            }
            return lines;
        }

        Set<Topic> topics() {
            Set<Topic> topics = EnumSet.noneOf(Topic.class);
            if (Arrays.asList(network, mcc, carrier, ported, lineType).stream().anyMatch(Optional::isPresent)) {
                topics.add(Topic.NETWORK);
            }
            if (callerName.isPresent()) {
                topics.add(Topic.CALLER_NAME);
            }
            return topics;
        }

        Finding of(HttpReply reply) throws LookupFailedException {
            Place.Document document =
                    new Place.Document(JsonTree.read(reply.body()), Map.of(), reply.headers(), reply.body());
            if (proof.isPresent() && proof.get().in(document).isEmpty()) {
                throw new LookupFailedException("the answer lacks what proves that it is one");
            }
            Optional<Network> whole = Answers.network(text(network, document));
            return new Finding(
                    text(lineType, document).flatMap(this::line),
                    whole.or(() -> Answers.network(text(mcc, document), text(mnc, document))),
                    text(carrier, document),
                    text(ported, document).flatMap(this::isPorted),
                    text(callerName, document));
        }

        private Optional<Boolean> isPorted(String word) {
            return yes.contains(word) ? Optional.of(true) : Optional.of(false).filter(_ -> no.contains(word));
        }

        /** By the settings, else by the names that Carillon has. */
        private Optional<LineType> line(String word) {
            String name = word.toUpperCase(Locale.ROOT).replaceAll("[ -]", "_");
            return Optional.ofNullable(lines.get(word))
                    .or(() -> Arrays.stream(LineType.values())
                            .filter(line -> line.name().equals(name))
                            .findFirst())
                    .filter(line -> line != LineType.UNKNOWN);
        }

        private static Optional<String> text(Optional<Place> place, Place.Document document) {
            return place.flatMap(where -> where.in(document));
        }
    }

    private final HttpQuestion question;
    private final Reading reading;
    private final HttpCalls calls;

    private HttpLookup(HttpQuestion question, Reading reading, HttpCalls calls) {
        this.question = question;
        this.reading = reading;
        this.calls = calls;
    }

    @Override
    public Set<Topic> topics() {
        return reading.topics();
    }

    @Override
    public Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException {
        Optional<HttpReply> reply = Answers.reply(calls, question.about(number));
        return reply.isEmpty() ? Finding.NOTHING : reading.of(reply.get());
    }

    @Override
    public void close() {
        calls.close();
    }
}
