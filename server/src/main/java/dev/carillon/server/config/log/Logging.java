// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.carillon.server.config.LogFormat;
import java.util.List;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets logging up without a file: reading {@code logback.xml} takes a fifth of a second of every start. Logback finds this
 * class as a service; until {@link #start} is called, only warnings are written, as text, which is what the short commands
 * want.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** Set by bin/carillon: whether stderr is a terminal, which Java cannot tell. */
    private static final String TERMINAL = "carillon.terminal";

    /** Libraries that tell at INFO what only their authors want to know. */
    private static final List<String> QUIET =
            List.of("io.helidon", "org.flywaydb", "com.zaxxer.hikari", "org.sqlite", "org.postgresql");

    /** Never heard: jsmpp writes whole messages at DEBUG and strings of a PDU into its errors. What matters of them, we log. */
    private static final String SILENT = "org.jsmpp";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, new TextEncoder(), Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From here on, everything from INFO is written in {@code format}; lines of {@code java.util.logging} too. */
    public static void start(LogFormat format) {
        bridge();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, isText(format) ? new TextEncoder() : new JsonEncoder(), Level.INFO);
            for (String name : QUIET) {
                context.getLogger(name).setLevel(Level.WARN);
            }
        }
    }

    /** Only errors, as text: for commands that run a server inside and print for people. */
    public static void quiet() {
        bridge();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, new TextEncoder(), Level.ERROR);
        }
    }

    /** Brings lines of {@code java.util.logging}, where pgjdbc and Helidon write, to the others. */
    public static void bridge() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            LogManager.getLogManager().reset();
            SLF4JBridgeHandler.install();
        }
    }

    private static boolean isText(LogFormat format) {
        return switch (format) {
            case TEXT -> true;
            case JSON -> false;
            case AUTO -> Boolean.getBoolean(TERMINAL);
        };
    }

    private static void apply(LoggerContext context, Encoder<ILoggingEvent> encoder, Level level) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        root.setLevel(level);
        root.addAppender(appender);
        context.getLogger(SILENT).setLevel(Level.OFF);
    }
}
