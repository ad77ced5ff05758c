// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** One line for people; a stack trace follows on lines of its own. */
final class TextEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    /** Only for a line that is written: the time zones cost a start some hundredths of a second, and most lines are JSON. */
    private static final class Time {
        private static final DateTimeFormatter OF_DAY =
                DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        String logger = event.getLoggerName();
        line.append(Time.OF_DAY.format(Instant.ofEpochMilli(event.getTimeStamp())));
        String level = event.getLevel().levelStr;
        line.append(' ').append(level).append(level.length() < 5 ? "  " : " ");
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append("  ");
        appendOnOneLine(line, event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                appendPair(line, pair.key, String.valueOf(pair.value));
            }
        }
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            appendPair(line, entry.getKey(), entry.getValue());
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void appendPair(StringBuilder line, String key, String value) {
        line.append(' ').append(key).append('=');
        appendOnOneLine(line, value);
    }

    /** What a client sent must not be able to begin a line of its own, or to steer the terminal. */
    private static void appendOnOneLine(StringBuilder line, String text) {
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
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
