// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.time.Durations;
import dev.carillon.server.directory.CaptchaProvider;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code environment create|list|set|rotate-key}. */
@Command(
        name = "environment",
        description = "Places where users sign in by the Dynamic endpoints, with their origins, captcha and keys.")
final class EnvironmentCommands {
    /** Secrets come from the environment: a command line can be seen by other users of the machine. */
    static final String CAPTCHA_SECRET = "CARILLON_CAPTCHA_SECRET";

    private static final String OFF = "off";

    private EnvironmentCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(
                new EnvironmentCommands(),
                new Create(context),
                new List_(context),
                new Set_(context),
                new RotateKey(context));
    }

    private static Map<String, Object> json(Environment environment) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("environment_id", environment.id());
        view.put("name", environment.name());
        view.put("origins", environment.origins());
        view.put("captcha", environment.captcha().map(captcha -> captcha.provider()
                .text()));
        view.put("captcha_site_key", environment.captcha().map(CaptchaSettings::siteKey));
        view.put("captcha_action", environment.captcha().flatMap(CaptchaSettings::action));
        view.put("token_lifetime", Durations.format(environment.tokenLifetime()));
        view.put("token_algorithm", environment.algorithm().text());
        view.put("sandbox", environment.sandboxCode());
        view.put("enabled", environment.enabled());
        view.put("keys", environment.keys().stream().map(SigningKey::id).toList());
        return view;
    }

    private static String text(Environment environment) {
        return json(environment).entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%-17s %s", entry.getKey(), shown(entry.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static Object shown(Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(Object.class::cast).orElse(OFF)
                : value;
    }

    /** The options that create and set have in common. */
    private abstract static class Changing extends StoreCommand {
        @Option(
                names = "--origins",
                paramLabel = "URL,URL",
                description = "The origins of the pages that may call, such as https://app.example.com; '' for none.")
        private @Nullable String origins;

        @Option(
                names = "--captcha",
                paramLabel = "PROVIDER",
                description = "What a create must bring an answer to: off, altcha (made here), hcaptcha, turnstile or"
                        + " recaptcha; the secret of the last three is read from " + CAPTCHA_SECRET + ".")
        private @Nullable String captcha;

        @Option(names = "--captcha-site-key", paramLabel = "KEY", description = "What pages show the captcha by.")
        private @Nullable String siteKey;

        @Option(
                names = "--captcha-action",
                paramLabel = "NAME",
                description = "What answers must have been made for, where the provider tells; '' for anything.")
        private @Nullable String action;

        @Option(
                names = "--token-lifetime",
                paramLabel = "DURATION",
                description = "How long a sign-in is good: 1m to 30d. At first 2h.")
        private @Nullable String lifetime;

        @Option(
                names = "--token-algorithm",
                paramLabel = "RS256|EdDSA",
                description = "How tokens are signed, at first RS256. A change adds a key, as rotate-key does.")
        private @Nullable String algorithm;

        @Option(
                names = "--sandbox",
                paramLabel = "CODE|off",
                description = "The six digits that all US numbers with area code 555 accept, to which nothing is sent.")
        private @Nullable String sandbox;

        @Option(
                names = "--enabled",
                paramLabel = "true|false",
                description = "Whether codes are sent at all. At first true.")
        private @Nullable String enabled;

        Changing(Context context) {
            super(context);
        }

        /** How tokens are to be signed, if that is said. */
        final Optional<TokenAlgorithm> algorithm() {
            try {
                return Optional.ofNullable(algorithm).map(TokenAlgorithm::of);
            } catch (IllegalArgumentException e) {
                throw new AdministrationException(String.valueOf(e.getMessage()), e);
            }
        }

        /** Makes of an environment what the options say. */
        final Environment changed(Environment before) {
            try {
                return apply(before);
            } catch (IllegalArgumentException e) {
                throw new AdministrationException(String.valueOf(e.getMessage()), e);
            }
        }

        private Environment apply(Environment before) {
            return new Environment(
                    before.id(),
                    before.name(),
                    origins == null ? before.origins() : origins(origins),
                    captcha(before.captcha()),
                    lifetime == null ? before.tokenLifetime() : Durations.parse(lifetime),
                    sandbox == null
                            ? before.sandboxCode()
                            : Optional.of(sandbox).filter(code -> !code.equals(OFF)),
                    enabled == null ? before.enabled() : bool(enabled),
                    before.keys());
        }

        private Optional<CaptchaSettings> captcha(Optional<CaptchaSettings> before) {
            if (OFF.equals(captcha)) {
                return Optional.empty();
            }
            if (captcha == null && before.isEmpty()) {
                if (siteKey != null || action != null) {
                    throw new IllegalArgumentException("--captcha is needed");
                }
                return Optional.empty();
            }
            CaptchaProvider provider = captcha == null ? before.orElseThrow().provider() : CaptchaProvider.of(captcha);
            Optional<CaptchaSettings> same = before.filter(known -> known.provider() == provider);
            return Optional.of(new CaptchaSettings(
                    provider,
                    siteKey == null ? same.map(CaptchaSettings::siteKey).orElse("") : siteKey,
                    secret(provider, same),
                    action == null
                            ? same.flatMap(CaptchaSettings::action)
                            : Optional.of(action).filter(name -> !name.isEmpty())));
        }

        private String secret(CaptchaProvider provider, Optional<CaptchaSettings> same) {
            Optional<String> known = same.map(CaptchaSettings::secret);
            if (provider == CaptchaProvider.ALTCHA) {
                return known.orElseGet(Changing::random);
            }
            return Optional.ofNullable(context().environment().get(CAPTCHA_SECRET))
                    .filter(secret -> !secret.isEmpty())
                    .or(() -> known)
                    .orElseThrow(
                            () -> new IllegalArgumentException("the provider's secret is not in " + CAPTCHA_SECRET));
        }

        private static String random() {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            return HexFormat.of().formatHex(secret);
        }

        private static Set<String> origins(String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(origin -> !origin.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }

        private static boolean bool(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("--enabled is true or false");
            }
            return text.equals("true");
        }
    }

    @Command(name = "create", description = "Make an environment with a fresh key.")
    private static final class Create extends Changing {
        @Parameters(paramLabel = "UUID", description = "The account.")
        private String id;

        @Option(names = "--name", paramLabel = "NAME", defaultValue = "default", description = "For people.")
        private String name;

        Create(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            UUID account = readId("UUID", id);
            return administration -> {
                Environment made = administration.createEnvironment(
                        account, name, algorithm().orElse(TokenAlgorithm.RS256), this::changed);
                print(json(made), text(made));
            };
        }
    }

    @Command(name = "list", description = "The environments of an account.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                List<Environment> environments = administration.environments(account);
                print(
                        environments.stream().map(EnvironmentCommands::json).toList(),
                        environments.isEmpty()
                                ? "No environments."
                                : environments.stream()
                                        .map(EnvironmentCommands::text)
                                        .collect(Collectors.joining("\n\n")));
            };
        }
    }

    @Command(name = "set", description = "Change an environment; what is not named stays.")
    private static final class Set_ extends Changing {
        @Parameters(paramLabel = "UUID", description = "The environment.")
        private String id;

        Set_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            UUID environment = readId("UUID", id);
            return administration -> {
                Environment after = administration.updateEnvironment(environment, algorithm(), this::changed);
                print(json(after), text(after));
            };
        }
    }

    @Command(
            name = "rotate-key",
            description =
                    "Add a key, which is published at once and signs from 15 minutes on; tokens of the old one stay good.")
    private static final class RotateKey extends StoreCommand {
        @Parameters(paramLabel = "UUID", description = "The environment.")
        private String id;

        @Option(
                names = "--now",
                description = "Drop all other keys: every token is worthless at once. For a key that was stolen.")
        private boolean now;

        RotateKey(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            UUID environment = readId("UUID", id);
            return administration -> {
                Environment after = administration.rotateEnvironmentKey(environment, now);
                print(json(after), text(after));
            };
        }
    }
}
