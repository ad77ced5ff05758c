// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LazyPosterTest {
    private final List<String> done = new ArrayList<>();

    private final LazyPoster poster = new LazyPoster(() -> {
        done.add("made");
        return new Poster() {
            @Override
            public Optional<String> post(String url, Map<String, String> headers, byte[] body) {
                done.add(url);
                return Optional.empty();
            }

            @Override
            public void close() {
                done.add("closed");
            }
        };
    });

    private Optional<String> post(String url) {
        return poster.post(url, Map.of(), new byte[0]);
    }

    @Test
    void makesOneClientForTheFirstRequest() {
        assertThat(done).isEmpty();
        assertThat(post("a")).isEmpty();
        assertThat(post("b")).isEmpty();
        poster.close();
        assertThat(done).containsExactly("made", "a", "b", "closed");
    }

    @Test
    void makesNoneOnceItIsClosed() {
        poster.close();
        assertThat(post("a")).contains("the server was stopping");
        assertThat(done).isEmpty();
    }
}
