// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.GenericNackResponseException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.Command;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSmResp;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.PendingResponse;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.EnquireLinkCommandTask;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.SendCommandTask;
import org.jsmpp.session.connection.ConnectionFactory;

/**
 * One session of jsmpp's, from connect to close, with what it lacks:
 *
 * <ul>
 *   <li>A session that ends fails what waits for an answer at once. jsmpp lets it wait for its time-out.
 *   <li>Whether a submit was written is told apart from whether it was answered: the first may be sent by another way.
 *   <li>A wait that is interrupted says so, and one that wakes up early goes on waiting.
 *   <li>Receipts have threads of their own, and are answered when they are safe; see {@link InboundTap}.
 *   <li>No thread of its own for enquire_link: {@link Bind} watches.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class SmppSession extends SMPPSession {
    /** Receipts in work at a time. The SMSC is told to repeat those beyond. */
    private static final int MOST_INBOUND = 256;

    /** Answers that wait to be handed to who waits for them; handling one takes microseconds. */
    private static final int MOST_ANSWERS = 1000;

    private static final Duration UNBIND_TIMEOUT = Duration.ofSeconds(2);

    private final Map<Integer, Pending> unanswered = new ConcurrentHashMap<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final Lock closing = new ReentrantLock();
    private final Semaphore inbound = new Semaphore(MOST_INBOUND);
    private final ToIntFunction<InboundMessage> receiver;
    private final LongSupplier nanoTime;
    private volatile boolean bound;
    private volatile long heardAt;

    /** What became of a submit. */
    sealed interface Outcome {
        /**
         * The SMSC answered.
         *
         * @param status {@link CommandStatus}
         * @param messageId empty when it gave none
         */
        record Answered(int status, String messageId) implements Outcome {}

        /** The SMSC surely does not have it. */
        record NotWritten(String why) implements Outcome {}

        /** The SMSC may have it or not. */
        record NoAnswer(String why) implements Outcome {}
    }

    /** @param receiver takes what the SMSC sends and returns the command_status to answer; may block */
    SmppSession(ConnectionFactory connections, ToIntFunction<InboundMessage> receiver, LongSupplier nanoTime) {
        this.receiver = receiver;
        this.nanoTime = nanoTime;
        InboundTap tap = new InboundTap();
        super(new DefaultPDUSender(), tap, connections); // not its synchronized one: see PduOutput
        tap.listen(new Ears());
        setEnquireLinkTimer(0);
        setPduProcessorDegree(1);
        setQueueCapacity(MOST_ANSWERS);
        setTransactionTimer(UNBIND_TIMEOUT.toMillis());
        addSessionStateListener((state, _, _) -> {
            if (state == SessionState.CLOSED || state == SessionState.UNBOUND) {
                ended.complete(true);
                unanswered.values().forEach(Pending::lost);
            }
        });
    }

    /**
     * Connects and binds.
     *
     * @throws IOException when that fails; the session is closed then
     */
    void bind(SmppOptions options, BindType type) throws IOException {
        heard();
        connectAndBind(
                options.host(),
                options.port(),
                new BindParameter(
                        type,
                        options.systemId(),
                        options.password().value(),
                        options.systemType(),
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        ""),
                options.bindTimeout().toMillis());
        if (ended.isDone()) {
            // jsmpp takes a session for bound that was closed between the answer to its bind and its looking at it.
            throw new IOException("closed by the SMSC as soon as it was bound");
        }
        bound = true;
    }

    /** Sends a message and waits for the answer. */
    Outcome submit(Submit message, Duration timeout) throws InterruptedException {
        int sequence = sequence().nextValue();
        Pending pending = new Pending();
        unanswered.put(sequence, pending);
        try {
            // Looked at after the put: then either this sees the end of the session, or that sees the pending.
            if (ended.isDone()) {
                return new Outcome.NotWritten("the bind is closed");
            }
            write(sequence, message);
            Command answer = pending.await(timeout);
            String messageId = answer instanceof SubmitSmResp response ? response.getMessageId() : "";
            return new Outcome.Answered(answer.getCommandStatus(), messageId);
        } catch (GenericNackResponseException e) {
            return new Outcome.Answered(e.getCommandStatus(), "");
        } catch (InvalidResponseException | ResponseTimeoutException e) {
            return new Outcome.NoAnswer(String.valueOf(e.getMessage()));
        } catch (PDUException e) {
            return new Outcome.NotWritten("a field is too long for SMPP"); // the exception would tell its value
        } catch (IOException e) {
            close();
            return new Outcome.NotWritten("the connection broke");
        } finally {
            unanswered.remove(sequence);
        }
    }

    private void write(int sequence, Submit message) throws PDUException, IOException {
        TextPart text = message.text();
        Address source = message.source();
        Address destination = message.destination();
        pduSender()
                .sendSubmitSm(
                        connection().getOutputStream(),
                        sequence,
                        message.serviceType(),
                        source.ton(),
                        source.npi(),
                        source.text(),
                        destination.ton(),
                        destination.npi(),
                        destination.text(),
                        new ESMClass(text.hasHeader() ? 0x40 : 0),
                        (byte) 0,
                        (byte) 0,
                        "",
                        message.validityPeriod(),
                        new RegisteredDelivery(message.wantsReceipt() ? 1 : 0),
                        (byte) 0,
                        new RawDataCoding(text.dataCoding()),
                        (byte) 0,
                        text.octets(),
                        message.allTlvs());
    }

    /** Asks whether the SMSC is still there (enquire_link); any answer will do. */
    boolean isAlive(Duration timeout) {
        try {
            executeSendCommand(new EnquireLinkCommandTask(pduSender()), timeout.toMillis());
            return true;
        } catch (NegativeResponseException | InvalidResponseException e) {
            return !ended.isDone();
        } catch (PDUException | ResponseTimeoutException | IOException e) {
            return false;
        }
    }

    /** When the last PDU came, by the clock that the session was given. */
    long heardAt() {
        return heardAt;
    }

    /** jsmpp's own state takes a lock. */
    boolean isBound() {
        return bound && !ended.isDone();
    }

    boolean isEnded() {
        return ended.isDone();
    }

    void whenEnded(Runnable action) {
        var _ = ended.thenRun(action);
    }

    /** Two threads that close at a time would make jsmpp throw. */
    @Override
    public void close() {
        closing.lock();
        try {
            super.close();
        } finally {
            closing.unlock();
        }
    }

    @Override
    protected Command executeSendCommand(SendCommandTask task, long timeout)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        int sequence = sequence().nextValue();
        Pending pending = new Pending();
        unanswered.put(sequence, pending);
        try {
            if (ended.isDone()) {
                throw new IOException("the session is closed");
            }
            task.executeTask(connection().getOutputStream(), sequence);
            Command answer = pending.await(Duration.ofMillis(timeout));
            if (answer.getCommandStatus() != CommandStatus.OK) {
                throw new NegativeResponseException(answer.getCommandStatus());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResponseTimeoutException("interrupted", e);
        } finally {
            unanswered.remove(sequence);
        }
    }

    /** How jsmpp finds who waits for an answer. Absent when it comes too late. */
    @Override
    @SuppressWarnings("NullAway") // jsmpp expects null
    protected PendingResponse<Command> removePendingResponse(int sequenceNumber) {
        return unanswered.remove(sequenceNumber);
    }

    private void answer(InboundTap.Inbound message, int status) {
        try {
            if (message.isData()) {
                pduSender().sendDataSmResp(connection().getOutputStream(), status, message.sequence(), "");
            } else {
                pduSender().sendDeliverSmResp(connection().getOutputStream(), status, message.sequence(), "");
            }
        } catch (IOException | PDUException e) {
            close();
        }
    }

    private void heard() {
        heardAt = nanoTime.getAsLong();
    }

    /** What the tap tells goes to whom it concerns. */
    private final class Ears implements InboundTap.Listener {
        @Override
        public void heard() {
            SmppSession.this.heard();
        }

        @Override
        public void answered(int sequence, int status, String messageId) {
            Pending pending = unanswered.remove(sequence);
            if (pending != null) { // otherwise it comes too late
                SubmitSmResp response = new SubmitSmResp();
                response.setCommandStatus(status);
                response.setMessageId(messageId);
                pending.done(response);
            }
        }

        @Override
        public void received(InboundTap.Inbound message) {
            if (!inbound.tryAcquire()) {
                answer(message, CommandStatus.TEMPORARY_ERROR);
                return;
            }
            Thread.startVirtualThread(() -> {
                try {
                    answer(message, receiver.applyAsInt(InboundMessage.read(message.pdu())));
                } finally {
                    inbound.release();
                }
            });
        }
    }

    /** One who waits for an answer. */
    private static final class Pending extends PendingResponse<Command> {
        private final CompletableFuture<Command> answer = new CompletableFuture<>();

        Pending() {
            super(0);
        }

        @Override
        public void done(Command response) {
            answer.complete(response);
        }

        @Override
        public void doneWithInvalidResponse(InvalidResponseException e) {
            answer.completeExceptionally(e);
        }

        void lost() {
            answer.completeExceptionally(new InvalidResponseException("the connection broke before the answer came"));
        }

        Command await(Duration timeout)
                throws InterruptedException, InvalidResponseException, ResponseTimeoutException {
            try {
                return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new ResponseTimeoutException("no answer in time", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof InvalidResponseException invalid
                        ? invalid
                        : new InvalidResponseException("no answer that can be read", e);
            }
        }
    }
}
