// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All exchanges of a run, in memory and as lines of JSON in a file, which {@link #read} gives back. Notes say what was broken when; they
 * prove nothing. Thread-safe.
 */
public final class History implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final long origin = System.nanoTime();
    private final Path file;
    private final BufferedWriter out;
    private final List<Exchange> exchanges = new ArrayList<>();

    private History(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    private record Note(long at, String note) {}

    /** Begins a history; a file that is there is replaced. */
    public static History write(Path file) throws IOException {
        return new History(file, Files.newBufferedWriter(file));
    }

    /** The exchanges of a file. */
    public static List<Exchange> read(Path file) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = JSON.readTree(line);
                if (!json.has("note")) {
                    exchanges.add(JSON.treeToValue(json, Exchange.class));
                }
            }
        }
        return exchanges;
    }

    /** Where it is written. */
    public Path file() {
        return file;
    }

    /** Nanoseconds since it began. */
    public long now() {
        return System.nanoTime() - origin;
    }

    /** Adds one. */
    public synchronized void add(Exchange exchange) {
        exchanges.add(exchange);
        line(exchange);
    }

    /** Says what happens to the server now. */
    public synchronized void note(String note) {
        line(new Note(now(), note));
    }

    /** All that was added. */
    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    private void line(Object value) {
        try {
            out.write(JSON.writeValueAsString(value));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
