// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import static java.util.Objects.requireNonNull;

import dev.carillon.server.config.Setting.Source;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the settings together: defaults, then the file, then the environment, then the command line; the later wins. Whatever
 * is unknown or malformed anywhere is refused by name, even where something later would win.
 */
public final class ConfigLoader {
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Map<String, ConnectionsTree> trees = new HashMap<>();

    private ConfigLoader() {}

    /**
     * Reads all sources.
     *
     * @param options what was given on the command line, by the setting's name ({@code admin-port})
     * @param configFile the file named on the command line
     * @param environment the environment variables
     * @throws ConfigException naming the first setting that is unknown or has a bad value
     */
    public static ServerConfig load(
            Map<String, String> options, Optional<Path> configFile, Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader();
        for (Setting<?> setting : Settings.ALL) {
            setting.standard().ifPresent(text -> loader.put(setting, text, "the default"));
        }
        Optional<Path> file = configFile.or(() -> Optional.ofNullable(environment.get(Settings.CONFIG_VARIABLE))
                .filter(text -> !text.isEmpty())
                .map(Path::of));
        file.ifPresent(path -> loader.putAllOf(path, environment));
        loader.refuseUnknownVariables(environment);
        for (Setting<?> setting : Settings.ALL) {
            String text = environment.get(setting.variable());
            // An empty variable is how compose files and shells say "not set".
            if (text != null && !text.isEmpty()) {
                loader.put(setting, text, setting.variable());
            }
        }
        for (Setting<?> setting : Settings.ALL) {
            String text = options.get(setting.name());
            if (text != null) {
                loader.put(setting, text, setting.option());
            }
        }
        return loader.config();
    }

    /** Known are also those that connections and providers of lookups take their secrets from. */
    private void refuseUnknownVariables(Map<String, String> environment) {
        for (String name : environment.keySet().stream().sorted().toList()) {
            boolean known = Settings.OTHER_VARIABLES.containsKey(name)
                    || trees.values().stream()
                            .anyMatch(tree -> tree.variable(name).isPresent())
                    || Settings.ALL.stream()
                            .anyMatch(setting -> setting.variable().equals(name));
            if (name.startsWith(Settings.VARIABLE_PREFIX) && !known) {
                throw new ConfigException("the environment variable " + name + " is not known"
                        + suggestion(
                                name,
                                Settings.ALL.stream().map(Setting::variable).toList())
                        + (isServiceLink(name)
                                ? "; Kubernetes sets it for a service named carillon: set enableServiceLinks: false in the pod"
                                : ""));
            }
        }
    }

    private static boolean isServiceLink(String name) {
        return name.matches("CARILLON_(SERVICE_(HOST|PORT.*)|PORT_[0-9]+_.*)");
    }

    private void putAllOf(Path file, Map<String, String> environment) {
        ConfigFile.Content content = ConfigFile.read(file);
        content.trees()
                .forEach((name, tree) -> trees.put(name, ConnectionsTree.of(tree, environment, file.toString())));
        content.scalars().forEach((name, value) -> {
            Setting<?> setting = Settings.ALL.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ConfigException("'" + name + "' is not a setting"
                            + suggestion(
                                    name,
                                    Stream.concat(
                                                    Settings.ALL.stream().map(Setting::name),
                                                    ConnectionsTree.NAMES.stream())
                                            .toList())
                            + " (from " + file + ")"));
            if (!setting.from(Source.FILE)) {
                throw new ConfigException(name + " may only be set by the environment variable " + setting.variable()
                        + ", not in " + file);
            }
            if (value.type() != setting.type()) {
                throw new ConfigException(name + ": "
                        + shown(setting, value.text()) + "is " + value.type().words() + ", not "
                        + setting.type().words()
                        + setting.standard().map(text -> " such as " + text).orElse("") + " (from " + file + ")");
            }
            put(setting, value.text(), file.toString());
        });
    }

    private void put(Setting<?> setting, String text, String origin) {
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException("is empty");
            }
            values.put(setting, requireNonNull(setting.parser().apply(text)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    setting.name() + ": " + shown(setting, text) + e.getMessage() + " (from " + origin + ")"
                            + (origin.equals("CARILLON_PORT") && text.startsWith("tcp://")
                                    ? "; Kubernetes sets it for a service named carillon: set enableServiceLinks: false in the pod"
                                    : ""));
        }
    }

    /** The value as it was given, unless it may be or hold a secret. */
    private static String shown(Setting<?> setting, String text) {
        boolean sensitive = setting.equals(Settings.DATABASE_URL) || setting.equals(Settings.MASTER_SECRET);
        return sensitive || text.isBlank() ? "the value " : text + " ";
    }

    private ServerConfig config() {
        return new ServerConfig(
                required(Settings.HOST),
                required(Settings.PORT),
                optional(Settings.PUBLIC_URL),
                required(Settings.ADMIN_HOST),
                required(Settings.ADMIN_PORT),
                required(Settings.DATA),
                optional(Settings.DATABASE_URL),
                optional(Settings.MASTER_SECRET),
                required(Settings.LOG_FORMAT),
                required(Settings.RETENTION),
                required(Settings.DRAIN_DELAY),
                optional(Settings.TRUSTED_PROXIES).orElse(List.of()),
                required(Settings.WEBHOOK_HTTP),
                optional(Settings.WEBHOOK_NETWORKS).orElse(List.of()),
                optional(Settings.WEBHOOK_CA),
                tree(ConnectionsTree.CONNECTIONS),
                tree(ConnectionsTree.LOOKUPS));
    }

    private ConnectionsTree tree(String name) {
        return trees.getOrDefault(name, ConnectionsTree.NONE);
    }

    private <T> T required(Setting<T> setting) {
        return optional(setting).orElseThrow(() -> new ConfigException(setting.name() + " is not set"));
    }

    @SuppressWarnings("unchecked") // put() stores what the setting's own parser made
    private <T> Optional<T> optional(Setting<T> setting) {
        return Optional.ofNullable(values.get(setting)).map(value -> (T) value);
    }

    /** "; did you mean …?" when something known is two edits, or a quarter of the name, away. */
    static String suggestion(String name, Collection<String> known) {
        return known.stream()
                .map(candidate -> Map.entry(candidate, distance(name, candidate)))
                .filter(entry -> entry.getValue() <= Math.max(2, name.length() / 4))
                .min(Map.Entry.comparingByValue())
                .map(entry -> "; did you mean " + entry.getKey() + "?")
                .orElse("");
    }

    /** Levenshtein's: how many characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
