// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where the master secret comes from: the environment, or else the file {@value #FILE} in the data folder.
 *
 * @param environmentValue what {@value #VARIABLE} is set to; when present, the file is not looked at
 * @param dataFolder the folder of the file; made when it is needed
 */
public record MasterSecretSource(Optional<String> environmentValue, Path dataFolder) {
    public static final String VARIABLE = "CARILLON_MASTER_SECRET";
    public static final String FILE = "master.key";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * The secret that was given, if one was.
     *
     * @throws SecretException when it is malformed, unreadable, or in a file that others than its owner may use
     */
    public Optional<MasterSecret> find() {
        if (environmentValue.isPresent()) {
            try {
                return Optional.of(MasterSecret.parse(environmentValue.get()));
            } catch (SecretException e) {
                throw new SecretException(VARIABLE + ": " + e.getMessage(), e);
            }
        }
        Path file = file();
        try {
            requireOwnerOnly(file);
            return Optional.of(MasterSecret.parse(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SecretException("cannot read " + file + ": " + e, e);
        } catch (SecretException e) {
            throw new SecretException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes a secret and keeps it in the file. Of several processes that do so at once, all get the same secret.
     *
     * @throws SecretException when the file cannot be written
     */
    MasterSecret create() {
        return keep(MasterSecret.random());
    }

    /**
     * Keeps a secret in the file, with mode 600 and forced to disk, unless there is one already.
     *
     * @return the secret that is in the file then
     * @throws SecretException when the file cannot be written
     */
    public MasterSecret keep(MasterSecret secret) {
        Path file = file();
        try {
            Files.createDirectories(dataFolder);
            Path draft = dataFolder.resolve(FILE + "." + UUID.randomUUID());
            try {
                write(draft, secret.reveal() + "\n");
                // A link appears at once and complete, or not at all when there is one already.
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException another) {
                // Another process was first; its secret is the one.
            } finally {
                Files.deleteIfExists(draft);
            }
            try (FileChannel folder = FileChannel.open(dataFolder, StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new SecretException(
                    "cannot create " + file + " (" + e + "); make the folder writable, or set " + VARIABLE
                            + " to the output of: openssl rand -base64 32",
                    e);
        }
        return find().orElseThrow(() -> new SecretException(file + " was removed while it was made"));
    }

    Path file() {
        return dataFolder.resolve(FILE);
    }

    private static void write(Path draft, String text) throws IOException {
        boolean posix = Files.getFileStore(draft.toAbsolutePath().getParent())
                .supportsFileAttributeView(PosixFileAttributeView.class);
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return; // a file system without modes; its folder's protection has to do
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
        open.retainAll(view.readAttributes().permissions());
        if (!open.isEmpty()) {
            throw new SecretException("others than its owner may use it; run: chmod 600 " + file);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return environmentValue.isPresent() ? VARIABLE : file().toString();
    }
}
