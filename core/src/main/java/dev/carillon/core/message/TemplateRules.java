// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the texts of a template are fit to be sent by an account: what must not be, and what had better not. */
public final class TemplateRules {
    private static final String APP_HASH = "AAAAAAAAAAA";
    private static final Pattern DIGITS_OF_TEXT = Pattern.compile("[0-9]{4,}");
    private static final Pattern LINK = Pattern.compile("(?i)https?://|www\\.");
    /** What devices look for beside the digits, in English; there is no list of what they know in other languages. */
    private static final Pattern ENGLISH_CODE_WORD = Pattern.compile("(?i)code|pass|pin\\b|otp\\b|verif|one-time");

    private static final Pattern GLUED = Pattern.compile("[A-Za-z0-9]\\{\\{code}}|\\{\\{code}}[A-Za-z0-9]");
    private static final int FEW = 3;
    private static final String INDIA = "IN";

    private TemplateRules() {}

    /**
     * What an account adds to a text.
     *
     * @param codeLength 4 to 8 digits
     */
    public record Setting(Optional<String> brand, int codeLength, Optional<String> originDomain) {}

    /**
     * What was found, each in words for who wrote the template, beginning with the place ({@code texts.fr}).
     *
     * @param errors make the template unfit
     * @param warnings may cost money or comfort
     */
    public record Findings(List<String> errors, List<String> warnings) {
        public Findings {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /** Looks at every text of a template. */
    public static Findings check(AccountTemplate template, Setting setting) {
        Inspection all = new Inspection(setting);
        template.standard().texts().forEach((locale, text) -> all.check("texts." + locale, "", locale, text));
        template.countries().forEach((country, variant) -> {
            boolean inIndia = country.equals(INDIA) && !hasId(template.standard()) && !hasId(variant);
            variant.texts().forEach((locale, text) -> {
                String place = "countries." + country + ".texts." + locale;
                all.check(place, country, locale, text);
                if (inIndia && !text.ids().containsKey(TemplateIds.DLT_TEMPLATE)) {
                    all.warnings.add(place + " has no ids." + TemplateIds.DLT_TEMPLATE
                            + ": carriers in India drop what is not registered");
                }
            });
        });
        return new Findings(all.errors, all.warnings);
    }

    private static boolean hasId(TemplateVariant variant) {
        return variant.ids().containsKey(TemplateIds.DLT_TEMPLATE);
    }

    private static final class Inspection {
        private final Setting setting;
        private final List<String> errors = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        Inspection(Setting setting) {
            this.setting = setting;
        }

        void check(String place, String country, String locale, TemplateText text) {
            String words = text.text().text();
            if (words.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
                errors.add(place + " has control characters");
                return;
            }
            if (words.lines().anyMatch(line -> line.startsWith("@"))) {
                errors.add(place + " has a line that begins with @, which binds the code to a web site:"
                        + " set the account's --origin-domain instead");
            }
            if (text.text().hasBrand() && setting.brand().isEmpty()) {
                errors.add(place + " names {{brand}}, but the account has no --brand");
                return;
            }
            length(place, country, text);
            registration(place, country, text);
            autofill(place, locale, words);
        }

        private void length(String place, String country, TemplateText text) {
            String message = sent(country, text, "8".repeat(setting.codeLength()));
            Segments segments = Segments.count(message);
            int most = segments.encoding().singleCapacity();
            if (segments.segments() > 1) {
                errors.add(place + " takes " + segments.segments() + " SMS with brand, code and lines for autofill: "
                        + segments.units() + " of " + most + " " + units(segments.encoding())
                        + "; shorten it by " + (segments.units() - most));
            }
            Set<String> foreign = message.codePoints()
                    .mapToObj(Character::toString)
                    .filter(character -> !Gsm7.canEncode(character))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!foreign.isEmpty() && foreign.size() <= FEW) {
                warnings.add(place + " has room for " + SmsEncoding.UCS_2.singleCapacity() + " characters instead of "
                        + SmsEncoding.GSM_7.singleCapacity() + ", because of " + String.join(" ", foreign));
            }
        }

        private static String units(SmsEncoding encoding) {
            return switch (encoding) {
                case GSM_7 -> "characters of the GSM alphabet";
                case UCS_2 -> "characters (UCS-2)";
            };
        }

        /** With every line for autofill that a request may ask for. */
        private String sent(String country, TemplateText text, String code) {
            String brand = setting.brand().orElse(null);
            String message = text.compose(
                    brand, code, new Autofill(APP_HASH, setting.originDomain().orElse(null)));
            return SenderRules.standard().prefixed(country, setting.brand(), message);
        }

        private void registration(String place, String country, TemplateText text) {
            if (text.registered().isEmpty()) {
                if (country.equals(INDIA)) {
                    warnings.add(place + " has no registered text, so that nobody can tell whether it matches");
                }
                return;
            }
            RegisteredText registered = text.registered().get();
            String brand = setting.brand().orElse(null);
            TemplateText bare = new TemplateText(text.text(), Optional.empty(), text.ids());
            // Two codes, so that one which happens to stand in the registered text is found out.
            for (String digits : List.of("13579246", "86420975")) {
                String code = digits.substring(0, setting.codeLength());
                if (!registered.matches(bare.compose(brand, code, Autofill.NONE))) {
                    errors.add(place + " does not match its registered text: all but the places {#var#} must be the"
                            + " same to the letter, and brand and code must stand in places");
                    return;
                }
            }
            String code = "8".repeat(setting.codeLength());
            Autofill lines = new Autofill(APP_HASH, setting.originDomain().orElse(null));
            if (!registered.matches(bare.compose(brand, code, lines))) {
                warnings.add(place + " is sent without lines for autofill: its registered text has no places for them");
            }
        }

        private void autofill(String place, String locale, String words) {
            if (GLUED.matcher(words).find()) {
                warnings.add(place + " has a letter or digit beside {{code}}: devices may not find the code");
            }
            if (DIGITS_OF_TEXT.matcher(words).find()
                    || DIGITS_OF_TEXT.matcher(setting.brand().orElse("")).find()) {
                warnings.add(place + " has another number of four digits or more: devices may take it for the code");
            }
            if (LINK.matcher(words).find()) {
                warnings.add(place + " has a link: carriers filter codes with links");
            }
            boolean english = Locale.forLanguageTag(locale).getLanguage().equals("en");
            if (english
                    && !ENGLISH_CODE_WORD.matcher(words.replace("{{code}}", "")).find()) {
                warnings.add(place + " has no word such as \"code\": devices may not offer it");
            }
        }
    }
}
