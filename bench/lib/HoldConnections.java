// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Opens connections and holds on to them: {@code java HoldConnections.java PORT COUNT WHAT SECONDS}, where WHAT is {@code idle} (nothing is sent),
 * {@code head} or {@code body} (a request a byte a second), or {@code unread} (requests without end, of which no answer is read). Prints a line when all are
 * open, and at the end how many still are.
 */
void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    String what = args[2];
    long end = System.nanoTime() + Long.parseLong(args[3]) * 1_000_000_000L;
    byte[] start = switch (what) {
        case "idle" -> new byte[0];
        case "head" -> "POST /v1/authentication HTTP/1.1\r\nHost: x\r\nX: ".getBytes(StandardCharsets.US_ASCII);
        case "body" -> "POST /v1/authentication HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{".getBytes(StandardCharsets.US_ASCII);
        case "unread" -> "GET /v1/openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
        default -> throw new IllegalArgumentException(what);
    };
    Selector selector = Selector.open();
    int open = 0;
    int refused = 0;
    for (int i = 0; i < count; i++) {
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            channel.configureBlocking(false);
            channel.register(selector, what.equals("unread") ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            channel.write(ByteBuffer.wrap(start));
            open++;
        } catch (java.io.IOException e) {
            refused++;
        }
    }
    IO.println("open " + open + ", not opened " + refused);
    long next = System.nanoTime();
    while (System.nanoTime() - end < 0) {
        selector.select(200);
        for (SelectionKey key : selector.selectedKeys()) {
            open -= dead(key, what, start);
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() - next > 0 && (what.equals("head") || what.equals("body"))) {
            next = System.nanoTime() + 1_000_000_000L;
            for (SelectionKey key : selector.keys()) {
                if (key.isValid()) {
                    open -= write(key, new byte[] {'x'});
                }
            }
        }
    }
    IO.println("still open " + open);
}

int dead(SelectionKey key, String what, byte[] start) {
    if (what.equals("unread")) {
        return write(key, start);
    }
    try {
        return ((SocketChannel) key.channel()).read(ByteBuffer.allocate(1024)) < 0 ? close(key) : 0;
    } catch (java.io.IOException e) {
        return close(key);
    }
}

int write(SelectionKey key, byte[] bytes) {
    try {
        ((SocketChannel) key.channel()).write(ByteBuffer.wrap(bytes));
        return 0;
    } catch (java.io.IOException e) {
        return close(key);
    }
}

int close(SelectionKey key) {
    key.cancel();
    try {
        key.channel().close();
    } catch (java.io.IOException e) {
        // it is gone
    }
    return 1;
}
