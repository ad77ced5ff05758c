// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what it was asked for. */
final class MemoryBackups implements Backups {
    static final Copy COPY = new Copy(7, 1_234_567);

    final List<Path> made = new ArrayList<>();
    final List<Path> restored = new ArrayList<>();
    final List<Optional<Path>> keys = new ArrayList<>();

    @Override
    public Copy make(Path file) {
        made.add(file);
        return COPY;
    }

    @Override
    public Copy restore(Path file, Optional<Path> masterKey) {
        restored.add(file);
        keys.add(masterKey);
        return COPY;
    }
}
