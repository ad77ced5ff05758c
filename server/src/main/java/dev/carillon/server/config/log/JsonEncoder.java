// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line: {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code thread}, {@code message}, {@code
 * error} with the stack trace, and each key of the event and of the MDC as a field of its own.
 */
final class JsonEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final Set<String> OWN = Set.of("time", "level", "logger", "thread", "message", "error");

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        line.append("{\"time\":\"").append(Instant.ofEpochMilli(event.getTimeStamp()));
        line.append("\",\"level\":\"").append(event.getLevel()).append('"');
        field(line, "logger", event.getLoggerName());
        field(line, "thread", event.getThreadName());
        field(line, "message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                field(line, free(pair.key), pair.value);
            }
        }
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            field(line, free(entry.getKey()), entry.getValue());
        }
        if (event.getThrowableProxy() != null) {
            field(line, "error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A key of the event must not take the place of a field of the line. */
    private static String free(String key) {
        return OWN.contains(key) ? key + "_" : key;
    }

    private static void field(StringBuilder line, String key, @Nullable Object value) {
        line.append(",\"");
        JsonStringEncoder.getInstance().quoteAsString(key, line);
        line.append("\":");
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            line.append(value);
        } else {
            line.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value.toString(), line);
            line.append('"');
        }
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
