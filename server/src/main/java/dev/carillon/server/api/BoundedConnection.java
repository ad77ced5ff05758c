// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which nothing can take for ever, and which cannot be made to hold much. Helidon bounds the length of a request's first line and of its
 * headers, and closes what has sent nothing for long. What it leaves open is closed here, by standing between it and the socket: a request
 * that comes byte by byte, an answer that is not taken, a chunk's size that never ends (Helidon looks for the end of that line however
 * long it is, and keeps what it read).
 *
 * <p>It is also where a request that is refused anyway is answered before it is parsed.
 *
 * <p>Belongs to the connection's thread, but for what tells whether it should be closed, and closes it.
 */
final class BoundedConnection implements ServerConnection, InterruptableTask<Void> {
    /**
     * The most of one request: its head, and a body of one byte in each chunk. What goes beyond it can only be what is not a request.
     */
    static final int MAX_REQUEST = 512 * 1024;

    /** Up to here what a connection holds is as good as nothing, and not counted. */
    private static final int SMALL = 8 * 1024;

    private static final Duration NEVER = Duration.ofDays(1);

    private final Http1Connection http1;
    private final DataReader socket;
    private final Listener.Settings settings;
    private final Crowd crowd;
    private final Doorman doorman;
    private final DataWriter writer;
    private final DataReader reader;

    private volatile boolean reading;
    /** While it is at a request that Helidon does not know of. */
    private volatile boolean atTheDoor;

    private volatile boolean closing;
    /** Whether a request has begun that is not yet followed by another. */
    private volatile boolean begun;
    /** When that was, or when the wait for the next began. */
    private volatile long since = System.nanoTime();

    /** Whether what was read last is the beginning of a request. */
    private boolean first;

    private boolean pastFirstLine;
    private int held;

    /** Answers requests that are not to be served. */
    @FunctionalInterface
    interface Doorman {
        /**
         * The whole answer to a request that begins with these bytes.
         *
         * @return null when it is to be served
         */
        byte @Nullable [] refusal(byte[] bytes);
    }

    BoundedConnection(
            ConnectionContext context,
            Http1ConnectionSelector selector,
            Listener.Settings settings,
            Crowd crowd,
            Doorman doorman) {
        this.settings = settings;
        this.crowd = crowd;
        this.doorman = doorman;
        this.socket = context.dataReader();
        this.writer = context.dataWriter();
        this.reader = new StrictReader(this::read);
        this.http1 = (Http1Connection) selector.connection(new BoundedContext(context, this, reader));
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            if (crowd.enter(this)) {
                http1.handle(limit);
            }
        } finally {
            crowd.leave(this);
            release();
        }
    }

    /** What came next of what is served, at least a byte; null at the end of what the client sends. */
    private byte @Nullable [] read() {
        byte @Nullable [] bytes = next();
        while (bytes != null && first && isRefused(bytes)) {
            await();
            bytes = next();
        }
        return bytes;
    }

    private boolean isRefused(byte[] bytes) {
        atTheDoor = true;
        try {
            byte[] refusal = doorman.refusal(bytes);
            if (refusal == null) {
                return false;
            }
            writer.writeNow(BufferData.create(refusal));
            return true;
        } finally {
            atTheDoor = false;
        }
    }

    private byte @Nullable [] next() {
        if (pastFirstLine && http1.canInterrupt()) { // it reads a first line, so this is the next request's
            await();
        }
        reading = true;
        byte[] bytes;
        try {
            socket.ensureAvailable();
            bytes = socket.readBytes(socket.available());
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        } catch (RuntimeException e) {
            if (closing) {
                throw new CloseConnectionException("It took too long, or room was needed for others", e);
            }
            throw e;
        } finally {
            reading = false;
        }
        first = !begun && reader.available() == 0;
        if (!begun) {
            begin();
        }
        hold(bytes.length);
        return bytes;
    }

    /** A request's first line was read. */
    void firstLine() {
        if (pastFirstLine) { // it came together with the one before
            release();
            begin();
        }
        pastFirstLine = true;
    }

    private void await() {
        release();
        pastFirstLine = false;
        since = System.nanoTime();
        begun = false;
    }

    private void begin() {
        since = System.nanoTime();
        begun = true;
    }

    private void hold(int more) {
        int before = Math.max(held, SMALL);
        held += more;
        boolean fits = held <= SMALL || crowd.hold(held - before);
        if (!fits || held > MAX_REQUEST) {
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .message("The request is too long")
                    .build();
        }
    }

    private void release() {
        if (held > SMALL) {
            crowd.hold(SMALL - held);
        }
        held = 0;
    }

    /** Whether the client is waited for: to begin a request, or to send the rest of it. */
    boolean isWaiting() {
        return reading;
    }

    /** How long what goes on has gone on: the wait for a request, or the request. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private Duration patience() {
        return reading && begun ? settings.arrival() : settings.timeout();
    }

    /** What Helidon asks for, to see whether to close the connection: more than any bound as soon as one is passed. */
    @Override
    public Duration idleTime() {
        return age().compareTo(patience()) > 0 ? NEVER : Duration.ZERO;
    }

    /** @param interrupt whether at once; otherwise after the request that it is at, unless that has had its time */
    @Override
    public void close(boolean interrupt) {
        boolean now = interrupt || !idleTime().isZero();
        if (now) {
            closing = true;
        }
        http1.close(now);
    }

    @Override
    public boolean canInterrupt() {
        return !atTheDoor && http1.canInterrupt();
    }
}
