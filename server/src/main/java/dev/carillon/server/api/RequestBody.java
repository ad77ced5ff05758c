// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of a request, of which no more is read than is wanted. Belongs to the request's thread. */
final class RequestBody {
    /** The longest body that is read: 64 KiB. The longest that makes sense is a few hundred bytes. */
    static final int MAX_BYTES = 64 * 1024;

    /** Of a body that was refused, what is still taken so that a client which reads only after writing gets its answer. */
    private static final int MAX_DRAINED = 256 * 1024;

    private static final long MAX_DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final byte[] NONE = {};

    private final ServerRequest request;
    /** What is left of it, once it has been begun: Helidon gives it once. */
    private @Nullable InputStream rest;

    RequestBody(ServerRequest request) {
        this.request = request;
    }

    /**
     * All of the body; of a body that declares to be longer than {@link #MAX_BYTES}, nothing is read, and of one that turns out to be
     * longer, one byte more than that.
     *
     * @throws InvalidRequestException when it is too long or its chunks are malformed
     * @throws CloseConnectionException when the client went away
     */
    byte[] read() {
        if (declared() > MAX_BYTES) {
            throw tooLong();
        }
        if (!request.content().hasEntity()) {
            return NONE;
        }
        byte[] body;
        try {
            body = read(rest(), declared());
        } catch (RequestException e) {
            throw new InvalidRequestException("the body's transfer encoding is malformed or too long", true);
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("The request ended early", e);
        }
        if (body.length > MAX_BYTES) {
            throw tooLong();
        }
        return body;
    }

    /** Takes what is left of a body that was refused, within bounds; the answer has been sent, and the connection ends after this. */
    void drain() {
        if (!request.continueSent() || request.content().consumed()) {
            return; // the client waits for a word before it sends
        }
        long until = System.nanoTime() + MAX_DRAIN_NANOS;
        byte[] waste = new byte[8 * 1024];
        try {
            InputStream in = rest();
            int taken = 0;
            int read = 0;
            while (read >= 0 && taken < MAX_DRAINED && System.nanoTime() - until < 0) {
                read = in.read(waste);
                taken += read;
            }
        } catch (IOException | RuntimeException ignored) {
            return; // it ends anyway
        }
    }

    /** Whether there is one whose length is not known and which was not read to its end. */
    boolean isUnreadChunked() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                && !request.content().consumed();
    }

    private long declared() {
        return request.headers().contentLength().orElse(-1);
    }

    private InputStream rest() {
        InputStream in = rest;
        if (in == null) {
            in = request.content().inputStream();
            rest = in;
        }
        return in;
    }

    private static byte[] read(InputStream in, long declared) throws IOException {
        if (declared < 0) {
            return in.readNBytes(MAX_BYTES + 1);
        }
        byte[] body = new byte[(int) declared];
        if (in.readNBytes(body, 0, body.length) < body.length || in.read() >= 0) {
            throw new IOException("not as long as declared");
        }
        return body;
    }

    private static InvalidRequestException tooLong() {
        return new InvalidRequestException("the body is longer than " + MAX_BYTES + " bytes", true);
    }
}
