// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bench.Response;
import dev.carillon.bench.ResponseReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one node, kept alive; it connects when it must. Never sends anything again by itself, so that a request is one request. For one
 * thread at a time.
 */
final class Client implements AutoCloseable {
    private final Node node;
    private final int patienceMillis;
    private final byte[] buffer = new byte[16 * 1024];
    private @Nullable Socket socket;

    Client(Node node, Duration patience) {
        this.node = node;
        this.patienceMillis = (int) patience.toMillis();
    }

    Node node() {
        return node;
    }

    /** Nothing of the request has left. */
    static final class NotConnectedException extends IOException {
        private static final long serialVersionUID = 1;

        NotConnectedException(IOException cause) {
            super(cause);
        }
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param head without the first line and the length
     * @throws NotConnectedException when it cannot have been done
     * @throws IOException when it may have been done
     */
    Response send(String method, String path, String head, String body) throws IOException {
        Socket open = connect();
        String request =
                method + " " + path + " HTTP/1.1\r\nHost: " + node.api().getAuthority() + "\r\n" + head
                        + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
        try {
            open.getOutputStream().write(request.getBytes(UTF_8));
            ResponseReader reader = new ResponseReader();
            while (true) {
                int count = open.getInputStream().read(buffer);
                if (count < 0) {
                    throw new EOFException("closed by the server");
                }
                reader.feed(ByteBuffer.wrap(buffer, 0, count));
                Response response = reader.next();
                if (response != null) {
                    if (!response.keepAlive()) {
                        close();
                    }
                    return response;
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket connect() throws NotConnectedException {
        try {
            if (socket == null) {
                Socket opened = new Socket();
                socket = opened;
                opened.connect(
                        new InetSocketAddress(node.api().getHost(), node.api().getPort()), patienceMillis);
                opened.setTcpNoDelay(true);
                opened.setSoTimeout(patienceMillis);
            }
            return Objects.requireNonNull(socket);
        } catch (IOException e) {
            close();
            throw new NotConnectedException(e);
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more either way.
            }
        }
    }
}
