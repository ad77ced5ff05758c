// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes in memory, which only root may make. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "256m";
    private static final int BLOCK = 64 * 1024;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Why there is none; empty: there is. */
    static Optional<String> missing() {
        return "root".equals(System.getProperty("user.name"))
                ? Optional.empty()
                : Optional.of("only root can mount a small file system");
    }

    static SmallDisk mount(Path folder) throws IOException, InterruptedException {
        SmallDisk disk = new SmallDisk(Files.createDirectories(folder));
        command("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=755", "tmpfs", folder.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
        return disk;
    }

    /** Writes a file until nothing more fits. */
    static void fill(Path file) throws IOException {
        Files.deleteIfExists(file);
        int size = BLOCK;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (size > 0) {
                try {
                    out.write(ByteBuffer.allocate(size));
                } catch (IOException e) {
                    size /= 2; // full: to the last byte
                }
            }
        }
    }

    private static void command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
    }

    @Override
    public void close() {
        try {
            // Lazily: a process that was just killed may hold it for a moment.
            new ProcessBuilder("umount", "-l", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
