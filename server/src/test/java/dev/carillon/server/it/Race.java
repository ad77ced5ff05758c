// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Requests that are sent at the same moment, each on a connection of its own. */
final class Race {
    private Race() {}

    /** One request of one application. */
    interface Request {
        Answer send(Ding ding) throws IOException;
    }

    /** Spreads the requests evenly over the servers; all must be answered with a status. */
    static List<Answer> run(List<CarillonProcess> servers, Customer customer, int count, IntFunction<Request> requests)
            throws Exception {
        List<Answer> answers = Parallel.atOnce(
                count, i -> new Runner(new Ding(servers.get(i % servers.size()), customer), requests.apply(i)));
        assertThat(answers.stream().filter(answer -> answer.status() != 200)).isEmpty();
        return answers;
    }

    private record Runner(Ding ding, Request request) implements Parallel.Party<Answer> {
        @Override
        public void prepare() throws IOException {
            ding.connect();
        }

        @Override
        public Answer act() throws IOException {
            return request.send(ding);
        }

        @Override
        public void close() {
            ding.close();
        }
    }

    static String wrongCode(String right, int i) {
        String code = "%06d".formatted(i);
        return code.equals(right) ? "999999" : code;
    }

    static Map<String, Long> statuses(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(answer -> answer.field("status"), Collectors.counting()));
    }

    static List<String> ids(List<Answer> answers) {
        return answers.stream()
                .map(answer -> answer.field("authentication_uuid"))
                .distinct()
                .toList();
    }
}
