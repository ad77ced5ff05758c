// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import dev.carillon.bench.Measurements.Operation;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One caller of the API, on its own connection: creates a verification for a fresh number, learns the code, checks it, and is
 * idle again. Whatever answer is not the right one ends the pair and is counted. All times are nanoseconds since the run began.
 */
final class Caller implements Connection.Listener {
    private enum Step {
        IDLE,
        CREATE,
        INBOX,
        CHECK
    }

    private static final long REST_AFTER_BROKEN_CONNECTION =
            Duration.ofMillis(100).toNanos();
    private static final long NEVER = Long.MAX_VALUE;

    private final LoadPlan plan;
    private final Requests requests;
    private final PhoneNumbers numbers;
    private final Measurements measurements;
    private final LongSupplier clock;
    private final Connection api;
    private final Mailbox mailbox;

    private Step step = Step.IDLE;
    private String phone = "";
    private String authentication = "";
    private Optional<String> code = Optional.empty();
    private long intendedStart;
    private long stepBegan;
    private long resumeAt = NEVER;

    Caller(
            LoadPlan plan,
            Selector selector,
            Mailbox mailbox,
            PhoneNumbers numbers,
            Measurements measurements,
            LongSupplier clock) {
        this.plan = plan;
        this.requests = new Requests(plan);
        this.numbers = numbers;
        this.measurements = measurements;
        this.clock = clock;
        this.api = new Connection(selector, plan.api().address(), this);
        this.mailbox = mailbox;
    }

    /** Ready for {@link #begin}. */
    boolean isIdle() {
        return step == Step.IDLE && resumeAt == NEVER;
    }

    /** When {@link #tick} has something to do; {@link Long#MAX_VALUE} when only an answer can. */
    long resumeAt() {
        return resumeAt;
    }

    /** Starts a pair that should have started at {@code intendedStart}. */
    void begin(long now, long intendedStart) {
        this.intendedStart = intendedStart;
        phone = numbers.next();
        code = Optional.empty();
        if (plan.codes() instanceof Codes.Inbox) {
            mailbox.expect(phone, this::received);
        }
        enter(Step.CREATE, now);
        api.send(requests.create(phone));
    }

    /** Ends a pause that is over, gives up a request that took too long. */
    void tick(long now) {
        if (step != Step.IDLE && now - stepBegan > plan.timeout().toNanos()) {
            close();
            resumeAt = NEVER;
            fail("no answer in time");
        } else if (resumeAt <= now) {
            resumeAt = NEVER;
        }
    }

    void close() {
        api.close();
    }

    @Override
    public void answered(Response response) {
        long now = clock.getAsLong();
        if (response.status() != 200) {
            fail("HTTP " + response.status() + " " + JsonText.member(response.body(), "code"));
            return;
        }
        switch (step) {
            case CREATE -> created(response.body(), now);
            case CHECK -> checked(response.body(), now);
            case IDLE, INBOX -> throw new IllegalStateException("an answer to nothing");
        }
    }

    @Override
    public void broken(String why) {
        fail(why);
        resumeAt = clock.getAsLong() + REST_AFTER_BROKEN_CONNECTION;
    }

    private void created(String body, long now) {
        if (!hasStatus("pending", body)) {
            return;
        }
        String uuid = JsonText.member(body, "authentication_uuid");
        if (uuid == null) {
            fail("no authentication_uuid");
            return;
        }
        authentication = uuid;
        measurements.completed(Operation.CREATE, intendedStart, now);
        switch (plan.codes()) {
            case Codes.Fixed(String always) -> check(always, now);
            case Codes.None() -> step = Step.IDLE;
            case Codes.Inbox() -> {
                enter(Step.INBOX, now);
                code.ifPresent(sent -> check(sent, now));
            }
        }
    }

    /** The message may be there before the answer to the create is. */
    private void received(String sent) {
        if (step == Step.INBOX) {
            check(sent, clock.getAsLong());
        } else {
            code = Optional.of(sent);
        }
    }

    private void check(String sent, long now) {
        intendedStart = now;
        enter(Step.CHECK, now);
        api.send(requests.check(authentication, sent));
    }

    private void checked(String body, long now) {
        if (hasStatus("valid", body)) {
            measurements.completed(Operation.CHECK, intendedStart, now);
            step = Step.IDLE;
        }
    }

    private boolean hasStatus(String expected, String body) {
        String status = JsonText.member(body, "status");
        if (expected.equals(status)) {
            return true;
        }
        fail("status " + status);
        return false;
    }

    private void fail(String kind) {
        measurements.error(step.name().toLowerCase(Locale.ROOT) + ": " + kind);
        mailbox.forget(phone);
        step = Step.IDLE;
    }

    private void enter(Step next, long now) {
        step = next;
        stepBegan = now;
    }
}
