// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The names of ids under which providers, or a country's registry, know a text. */
public final class TemplateIds {
    /** India's DLT: the principal entity's id. */
    public static final String DLT_ENTITY = "dlt_entity_id";
    /** India's DLT: the content template's id. */
    public static final String DLT_TEMPLATE = "dlt_template_id";
    /** India's DLT: the telemarketer chain. */
    public static final String DLT_TELEMARKETER = "dlt_telemarketer_id";
    /** The name of WhatsApp's authentication template. */
    public static final String WHATSAPP = "whatsapp_template";
    /** The id of Zalo's ZNS template. */
    public static final String ZALO = "zalo_template_id";

    private record Form(Pattern pattern, String words) {}

    private static final Form DIGITS = new Form(Pattern.compile("[0-9]{1,40}"), "1 to 40 digits");
    private static final Map<String, Form> FORMS = new TreeMap<>(Map.of(
            DLT_ENTITY, DIGITS,
            DLT_TEMPLATE, DIGITS,
            DLT_TELEMARKETER, new Form(Pattern.compile("[0-9][0-9,]{0,127}"), "digits and commas"),
            WHATSAPP, new Form(Pattern.compile("[a-z0-9_]{1,512}"), "lower-case letters, digits and underscores"),
            ZALO, DIGITS));

    private TemplateIds() {}

    /** All names, with commas between them; for messages. */
    public static String names() {
        return String.join(", ", FORMS.keySet());
    }

    /** What is wrong with an id, to be read after its name; empty when nothing is. */
    static Optional<String> problem(String name, String value) {
        Form form = FORMS.get(name);
        if (form == null) {
            return Optional.of("is not one of " + names());
        }
        return form.pattern().matcher(value).matches() ? Optional.empty() : Optional.of("must be " + form.words());
    }
}
