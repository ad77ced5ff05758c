// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class EncodersTest {
    private static final String TRICKY = "say \"hé\"\n2026 forged line\u001b[31m";

    private static LoggingEvent event(@Nullable Throwable failure) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent(
                EncodersTest.class.getName(),
                context.getLogger("dev.carillon.Demo"),
                Level.INFO,
                "{}",
                failure,
                new Object[] {TRICKY});
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        event.setThreadName("t-1");
        event.addKeyValuePair(new KeyValuePair("batch", 12));
        event.addKeyValuePair(new KeyValuePair("level", "mine"));
        return event;
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        String line =
                new String(new JsonEncoder().encode(event(new IllegalStateException("boom"))), StandardCharsets.UTF_8);

        assertThat(line.strip()).doesNotContain("\n");
        assertThat(line).endsWith("\n");
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.get("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(json.get("level").asText()).isEqualTo("INFO");
        assertThat(json.get("logger").asText()).isEqualTo("dev.carillon.Demo");
        assertThat(json.get("thread").asText()).isEqualTo("t-1");
        assertThat(json.get("message").asText()).isEqualTo(TRICKY);
        assertThat(json.get("batch").asInt()).isEqualTo(12);
        assertThat(json.get("level_").asText()).isEqualTo("mine");
        assertThat(json.get("error").asText())
                .contains("IllegalStateException: boom")
                .contains("EncodersTest");
    }

    @Test
    void textKeepsAMessageOnItsLine() {
        String line = new String(new TextEncoder().encode(event(null)), StandardCharsets.UTF_8);

        assertThat(line).contains("INFO  Demo  say \"hé\" 2026 forged line [31m batch=12 level=mine");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    }
}
