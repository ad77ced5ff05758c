// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the PDUs of many threads to one socket. Those that come while one is being written go out together in the next write: at
 * thousands a second, a call of the operating system for each, and threads that wait for one another to make it, cost more than
 * all the rest.
 *
 * <p>Each {@code write} must be a whole PDU. It may return before the PDU is out; then its failure is seen by the end of the session.
 * So who gets an exception knows that the PDU did not go out, and who gets none knows nothing. Thread-safe.
 */
final class PduOutput extends OutputStream {
    /** More than all windows and receipts in work come to: so many wait only when the other side does not read. */
    private static final int MOST_WAITING = 4000;

    private static final int LARGEST_BATCH = 64 * 1024;

    private final OutputStream out;
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    /** Those that are in the queue, about to be, or being written. Who makes it 1 writes until it is 0. */
    private final AtomicInteger unwritten = new AtomicInteger();

    private volatile boolean broken;

    /** @param out of the socket: closing it ends the connection */
    PduOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (broken) {
            throw new IOException("the connection is broken");
        }
        if (unwritten.get() > MOST_WAITING) {
            throw new IOException("the other side does not read");
        }
        byte[] pdu = Arrays.copyOfRange(octets, offset, offset + length);
        boolean isFirst = unwritten.getAndIncrement() == 0;
        waiting.add(pdu);
        if (isFirst) {
            writeAll(pdu);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** @throws IOException when {@code own} alone was to be written and was not */
    @SuppressWarnings("ReferenceEquality") // which PDU it is, not what is in it
    private void writeAll(byte[] own) throws IOException {
        boolean ownAlone = false;
        try {
            int left = 1;
            while (left > 0) {
                byte[] first = waiting.poll();
                if (first == null) {
                    Thread.onSpinWait(); // it is counted, and will be in the queue in a moment
                    continue;
                }
                int count = 1;
                ByteArrayOutputStream batch = new ByteArrayOutputStream(2 * first.length);
                batch.writeBytes(first);
                for (byte[] next = next(batch); next != null; next = next(batch)) {
                    batch.writeBytes(next);
                    count++;
                }
                ownAlone = count == 1 && first == own;
                batch.writeTo(out);
                left = unwritten.addAndGet(-count);
            }
        } catch (IOException e) {
            broken = true;
            waiting.clear();
            out.close();
            if (ownAlone) {
                throw e;
            }
            // Of a batch some may have gone out.
        }
    }

    private byte @Nullable [] next(ByteArrayOutputStream batch) {
        return batch.size() < LARGEST_BATCH ? waiting.poll() : null;
    }
}
