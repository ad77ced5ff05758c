// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PduOutputTest {
    private static final byte[] PDU = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private final PduOutput output = new PduOutput(socket);

    @Test
    void onePduIsOneWrite() throws IOException {
        output.write(PDU);
        output.write(PDU, 1, 2);
        assertThat(socket.writes).containsExactly(4, 2);
        assertThat(socket.content.toByteArray()).containsExactly(1, 2, 3, 4, 2, 3);
    }

    @Test
    void thoseThatComeWhileOneIsWrittenGoTogether() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.stall();
            Future<?> first = threads.submit(() -> {
                output.write(PDU);
                return null;
            });
            await().until(() -> socket.isStalled);
            for (int i = 0; i < 3; i++) {
                output.write(PDU); // returns although the socket takes nothing
            }
            socket.goOn();
            first.get();
        }
        assertThat(socket.writes).containsExactly(4, 12);
    }

    @Test
    void nothingIsLostTornOrTwice() throws Exception {
        int writers = 8;
        int each = 400; // together fewer than may wait
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int first = writer * each;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        output.write(ByteBuffer.allocate(4).putInt(first + i).array());
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        }
        ByteBuffer written = ByteBuffer.wrap(socket.content.toByteArray());
        boolean[] seen = new boolean[writers * each];
        int[] last = new int[writers];
        while (written.hasRemaining()) {
            int number = written.getInt();
            assertThat(seen[number]).isFalse();
            seen[number] = true;
            assertThat(number).as("each writer's in order").isGreaterThanOrEqualTo(last[number / each]);
            last[number / each] = number;
        }
        assertThat(seen).doesNotContain(false);
    }

    @Test
    void whoseOwnPduFailsIsToldSo() {
        socket.breaks = true;
        assertThatThrownBy(() -> output.write(PDU)).hasMessage("broken pipe");
        assertThat(socket.isClosed).isTrue();
        assertThatThrownBy(() -> output.write(PDU)).hasMessage("the connection is broken");
    }

    /** Its own went out; those of others fail with the session. */
    @Test
    void whoWritesForOthersIsNotToldOfTheirFailure() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.stall();
            Future<?> first = threads.submit(() -> {
                output.write(PDU);
                return null;
            });
            await().until(() -> socket.isStalled);
            output.write(PDU);
            socket.breaksNext = true;
            socket.goOn();
            first.get();
        }
        assertThat(socket.writes).containsExactly(4);
        assertThat(socket.isClosed).isTrue();
    }

    @Test
    void doesNotGrowWithoutBoundWhenNobodyReads() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.stall();
            Future<?> first = threads.submit(() -> {
                output.write(PDU);
                return null;
            });
            await().until(() -> socket.isStalled);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            output.write(PDU);
                        }
                    })
                    .hasMessage("the other side does not read");
            socket.goOn();
            first.get();
        }
    }

    /** Where the octets go, as slowly as the test wants. */
    private static final class Socket extends OutputStream {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final List<Integer> writes = new ArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean isStalled;
        private volatile boolean breaks;
        private volatile boolean breaksNext;
        private volatile boolean isClosed;

        void stall() {
            gate = new CountDownLatch(1);
        }

        void goOn() {
            gate.countDown();
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            isStalled = true;
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (breaks) {
                throw new IOException("broken pipe");
            }
            breaks = breaksNext;
            writes.add(length);
            content.write(octets, offset, length);
        }

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
