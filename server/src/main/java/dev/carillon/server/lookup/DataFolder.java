// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.core.phone.Operators;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The data that an operator imported, in a folder of this machine: {@code ported/1.gz}, {@code ported/2.gz} and {@code ported/current},
 * which names the version in use. A version is written whole, then named, and never changed, so that a server may read while another
 * process imports. Two imports of a kind at once are the operator's mistake; one of them wins whole.
 */
public final class DataFolder {
    /** Digits by their value: shorter numbers are smaller ones. */
    static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final String CURRENT = "current";
    private static final Pattern VERSION = Pattern.compile("([1-9][0-9]{0,8})\\.gz");
    /** A list that lost more than that share of its lines is more likely cut off than better. */
    private static final double LEAST_SHARE = 0.5;

    private final Path folder;
    private final Clock clock;

    /** In the data folder of an installation; nothing is made before the first import. */
    public DataFolder(Path data, Clock clock) {
        this.folder = data.resolve("lookup");
        this.clock = clock;
    }

    /**
     * A version of a set.
     *
     * @param current whether it is in use
     */
    public record Version(DataKind kind, int number, boolean current, Instant imported, long lines) {}

    /**
     * Takes a file's data into use.
     *
     * @param force although it is much smaller than what it replaces
     * @throws DataException saying what is wrong; then nothing has changed
     */
    public Version importFile(DataKind kind, Path file, boolean force) {
        Operators known = NumberData.shipped().operators();
        NavigableMap<String, String> lines =
                new DataForms(known, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).read(kind, file);
        if (lines.isEmpty()) {
            throw new DataException("there is nothing of the kind " + kind.word() + " in " + file);
        }
        Optional<Version> replaced = current(kind);
        if (!force
                && replaced.filter(old -> lines.size() < LEAST_SHARE * old.lines())
                        .isPresent()) {
            throw new DataException(file + " has " + lines.size() + " entries, less than half of the "
                    + replaced.orElseThrow().lines() + " in use; if that is right, say --force");
        }
        int number = versions(kind).stream().mapToInt(Version::number).max().orElse(0) + 1;
        try {
            Files.createDirectories(folder(kind));
            write(file(kind, number), lines);
            use(kind, number);
        } catch (IOException e) {
            throw new DataException("the data cannot be written to " + folder, e);
        }
        return current(kind).orElseThrow();
    }

    /**
     * Goes back to the version before the one in use; what came after stays.
     *
     * @throws DataException when there is none
     */
    public Version rollBack(DataKind kind) {
        int now = current(kind).map(Version::number).orElse(0);
        int before = versions(kind).stream()
                .mapToInt(Version::number)
                .filter(number -> number < now)
                .max()
                .orElseThrow(() -> new DataException("there is no earlier version of " + kind.word()));
        try {
            use(kind, before);
        } catch (IOException e) {
            throw new DataException("the data cannot be written to " + folder, e);
        }
        return current(kind).orElseThrow();
    }

    /** All versions, by kind and number. */
    public List<Version> list() {
        return Stream.of(DataKind.values())
                .flatMap(kind -> versions(kind).stream())
                .toList();
    }

    /** The versions in use, of each kind in its order; 0: none. It changes when another is taken into use. */
    List<Integer> inUse() {
        return Stream.of(DataKind.values()).map(this::currentNumber).toList();
    }

    /**
     * Reads the lines in use, in their order; none when nothing was imported.
     *
     * @throws DataException when they cannot be read or one is not of the kind
     */
    void read(DataKind kind, Consumer<String> reader) {
        int number = currentNumber(kind);
        if (number > 0) {
            try (BufferedReader lines = open(file(kind, number))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!kind.accepts(line)) {
                        throw new DataException(file(kind, number) + " is damaged");
                    }
                    reader.accept(line);
                }
            } catch (IOException e) {
                throw new DataException(file(kind, number) + " cannot be read", e);
            }
        }
    }

    private Optional<Version> current(DataKind kind) {
        return versions(kind).stream().filter(Version::current).findFirst();
    }

    private List<Version> versions(DataKind kind) {
        if (!Files.isDirectory(folder(kind))) {
            return List.of();
        }
        int current = currentNumber(kind);
        List<Version> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder(kind))) {
            for (Path path : files.toList()) {
                Matcher matcher = VERSION.matcher(String.valueOf(path.getFileName()));
                if (matcher.matches()) {
                    int number = Integer.parseInt(matcher.group(1));
                    found.add(new Version(
                            kind,
                            number,
                            number == current,
                            Files.getLastModifiedTime(path).toInstant(),
                            count(path)));
                }
            }
        } catch (IOException e) {
            throw new DataException(folder(kind) + " cannot be read", e);
        }
        found.sort(Comparator.comparingInt(Version::number));
        return found;
    }

    private int currentNumber(DataKind kind) {
        try {
            return Integer.parseInt(
                    Files.readString(folder(kind).resolve(CURRENT)).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException | NumberFormatException e) {
            throw new DataException(folder(kind).resolve(CURRENT) + " cannot be read", e);
        }
    }

    private void use(DataKind kind, int number) throws IOException {
        Path next = folder(kind).resolve(CURRENT + ".new");
        Files.writeString(next, number + "\n");
        Files.move(next, folder(kind).resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Path file, Map<String, String> lines) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out =
                new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(next)), UTF_8))) {
            for (Map.Entry<String, String> line : lines.entrySet()) {
                out.write(line.getKey() + ";" + line.getValue() + "\n");
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(in), UTF_8));
    }

    private static long count(Path file) throws IOException {
        try (BufferedReader lines = open(file)) {
            return lines.lines().count();
        }
    }

    private Path folder(DataKind kind) {
        return folder.resolve(kind.word());
    }

    private Path file(DataKind kind, int number) {
        return folder(kind).resolve(number + ".gz");
    }
}
