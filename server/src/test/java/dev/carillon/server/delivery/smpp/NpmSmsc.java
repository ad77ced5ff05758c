// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.testing.Npm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The SMSC of {@code src/test/smsc}, which runs npm's smpp: another implementation of SMPP than the one that is tested. It does what it
 * is told and tells what it sees. For one thread at a time.
 */
public final class NpmSmsc implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter commands;
    private final List<JsonNode> events = new ArrayList<>();
    private final Thread listener;

    private NpmSmsc(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    /** Starts one; without Node.js the test is skipped. */
    public static NpmSmsc start(Path... keyAndCertificate) throws IOException, InterruptedException {
        Path installed = Npm.install(
                "smsc", List.of("smsc.js"), "smpp", "SMPP against an SMSC that was not written here is not");
        List<String> command = new ArrayList<>(List.of("node", "smsc.js"));
        for (Path file : keyAndCertificate) {
            command.add(file.toAbsolutePath().toString());
        }
        return new NpmSmsc(new ProcessBuilder(command)
                .directory(installed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public int port() {
        return await("it to listen", event -> is(event, "listening"))
                .get("port")
                .asInt();
    }

    /** Gives it a command and waits until that is in force. */
    public void tell(String what, Object... fields) {
        ObjectNode command = JSON.createObjectNode().put("do", what);
        for (int i = 0; i < fields.length; i += 2) {
            command.set((String) fields[i], JSON.valueToTree(fields[i + 1]));
        }
        long before = count(event -> is(event, "done"));
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .until(() -> count(event -> is(event, "done")) > before);
    }

    /** The PDUs of a command that it has got when this is called, in order. */
    public List<JsonNode> pdus(String command) {
        listenToTheEnd();
        return heard(command);
    }

    private List<JsonNode> heard(String command) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> isPdu(event, command))
                    .map(event -> event.get("pdu"))
                    .toList();
        }
    }

    /** In which session each PDU of a command came. */
    public List<Integer> sessions(String command) {
        listenToTheEnd();
        synchronized (events) {
            return events.stream()
                    .filter(event -> isPdu(event, command))
                    .map(event -> event.get("session").asInt())
                    .toList();
        }
    }

    public List<JsonNode> awaitPdus(String command, int count) {
        Awaitility.await(count + " " + command)
                .atMost(PATIENCE)
                .until(() -> heard(command).size() >= count);
        return heard(command);
    }

    /** The statuses that were answered to its deliver_sm and data_sm, when there are so many. */
    public List<Integer> awaitAnswers(int count) {
        Awaitility.await(count + " answers")
                .atMost(PATIENCE)
                .until(() -> answers().size() >= count);
        return answers();
    }

    public long sessionsClosed() {
        listenToTheEnd();
        return count(event -> is(event, "closed"));
    }

    /** SIGKILL. What it saw before can still be asked for when this returns, and no more is coming. */
    public void kill() throws InterruptedException {
        // Of the handle, since Process itself would close our end of the pipe with what is still in it.
        process.toHandle().destroyForcibly();
        process.waitFor();
        listener.join();
    }

    @Override
    public void close() throws IOException {
        commands.close(); // it ends with its input
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What it answers may be here sooner than what it tells of it, which comes in order on a way of its own. */
    private void listenToTheEnd() {
        if (process.isAlive()) {
            tell("nothing");
        }
    }

    private List<Integer> answers() {
        synchronized (events) {
            return events.stream()
                    .filter(event -> is(event, "answer"))
                    .map(event -> event.get("status").asInt())
                    .toList();
        }
    }

    private JsonNode await(String what, Predicate<JsonNode> wanted) {
        Awaitility.await(what).atMost(PATIENCE).until(() -> count(wanted) > 0);
        synchronized (events) {
            return events.stream().filter(wanted).findFirst().orElseThrow();
        }
    }

    private long count(Predicate<JsonNode> wanted) {
        synchronized (events) {
            return events.stream().filter(wanted).count();
        }
    }

    private static boolean is(JsonNode event, String name) {
        return event.get("event").asText().equals(name);
    }

    private static boolean isPdu(JsonNode event, String command) {
        return is(event, "pdu") && event.get("command").asText().equals(command);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (events) {
                    events.add(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
