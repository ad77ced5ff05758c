// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection with at most one request under way. It connects when it must, so a connection that the server
 * closed between two requests is simply opened again. Used by the selector's thread only.
 */
final class Connection {

    /** Hears how each request ended: exactly one call for each {@link #send} unless {@link #close} came first. */
    interface Listener {
        void answered(Response response);

        /** The connection failed, for a reason that is short enough to be counted by. */
        void broken(String why);
    }

    private final Selector selector;
    private final InetSocketAddress address;
    private final Listener listener;
    private @Nullable SocketChannel channel;
    private ResponseReader reader = new ResponseReader();
    private @Nullable ByteBuffer request;

    Connection(Selector selector, InetSocketAddress address, Listener listener) {
        this.selector = selector;
        this.address = address;
        this.listener = listener;
    }

    void send(ByteBuffer bytes) {
        request = bytes;
        try {
            SocketChannel open = channel;
            if (open == null) {
                connect();
            } else {
                write(open, bytes);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Does what the selector found possible, with a read buffer that connections share. */
    void ready(SelectionKey key, ByteBuffer shared) {
        try {
            SocketChannel open = (SocketChannel) key.channel();
            if (key.isConnectable()) {
                open.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
            }
            ByteBuffer unsent = request;
            if (unsent != null && unsent.hasRemaining()) {
                write(open, unsent);
            }
            if (key.isReadable()) {
                read(open, shared);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Closes without telling the listener; a later request connects anew. */
    void close() {
        SocketChannel open = channel;
        channel = null;
        request = null;
        reader = new ResponseReader();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // nothing is lost: no answer was expected any more
            }
        }
    }

    private void connect() throws IOException {
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = opened.connect(address);
        SelectionKey key = opened.register(
                selector, connected ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
        key.attach(this);
    }

    private void write(SocketChannel open, ByteBuffer bytes) throws IOException {
        open.write(bytes);
        int unsent = bytes.hasRemaining() ? SelectionKey.OP_WRITE : 0;
        requireNonNull(open.keyFor(selector)).interestOps(SelectionKey.OP_READ | unsent);
    }

    private void read(SocketChannel open, ByteBuffer shared) throws IOException {
        shared.clear();
        int count = open.read(shared);
        if (count < 0) {
            throw new IOException("closed by the server");
        }
        reader.feed(shared.flip());
        Response response = reader.next();
        if (response != null) {
            if (request == null) {
                throw new IOException("an answer to nothing");
            }
            request = null;
            if (!response.keepAlive()) {
                close();
            }
            listener.answered(response);
        }
    }

    private void fail(IOException e) {
        boolean expected = request != null;
        close();
        if (expected) {
            String message = e.getMessage();
            listener.broken(message == null ? e.getClass().getSimpleName() : message);
        }
    }
}
