// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secret rotate|rewrap}. */
@Command(name = "secret", description = "The secrets that protect codes, numbers and messages at rest.")
final class SecretCommands {
    private static final String VARIABLE = "CARILLON_NEW_MASTER_SECRET";

    private SecretCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new SecretCommands(), new Rotate(context), new Rewrap(context));
    }

    @Command(
            name = "rotate",
            description =
                    "Make a new generation of secrets for what is written from now on; what is there stays readable. Safe"
                            + " while servers run.")
    private static final class Rotate extends StoreCommand {
        Rotate(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            return administration -> {
                String generation = administration.rotateSecrets();
                print(Map.of("generation", generation), "Generation " + generation + " is in use.");
            };
        }
    }

    @Command(
            name = "rewrap",
            description = {
                "Protect the store's secrets by another master secret.",
                "The new one comes from --new-secret-file or the variable " + VARIABLE
                        + "; afterwards give it to every server as CARILLON_MASTER_SECRET and restart them."
            })
    private static final class Rewrap extends StoreCommand {
        @Option(
                names = "--new-secret-file",
                paramLabel = "FILE",
                description = "A file that holds the new master secret and nothing else.")
        private @Nullable Path file;

        Rewrap(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            Secret secret = secret();
            return administration -> {
                administration.rewrapSecrets(secret);
                print(
                        Map.of("rewrapped", true),
                        "Done. Servers need the new master secret from their next start on; the old one opens nothing.");
            };
        }

        private Secret secret() {
            String text = file != null
                    ? content(file)
                    : Optional.ofNullable(context().environment().get(VARIABLE)).orElse("");
            if (text.isBlank()) {
                throw usage("no new master secret: give --new-secret-file, or set " + VARIABLE);
            }
            return new Secret(text.strip());
        }

        private static String content(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new AdministrationException("the file " + file + " cannot be read", e);
            }
        }
    }
}
