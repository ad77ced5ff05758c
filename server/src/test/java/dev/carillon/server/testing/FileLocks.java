// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the JVMs that run the tests must not do at the same time. */
public final class FileLocks {
    private FileLocks() {}

    /** Something that may fail as processes and files do. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Runs it while no other JVM holds the lock. Threads of one JVM must keep each other out themselves. */
    public static <T> T exclusively(Path lockFile, Work<T> work) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            return work.run();
        }
    }
}
