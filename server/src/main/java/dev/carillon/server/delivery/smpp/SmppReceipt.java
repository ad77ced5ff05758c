// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.verification.DeliveryStatus;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a delivery receipt says. The TLVs count first; what they leave open is read out of the text (appendix B), which every SMSC
 * writes in its own way: keys in any case, with or without spaces, in UCS-2 or in octets whatever data_coding says, some left out.
 * Nothing after {@code text:} is read, since that is the message.
 *
 * @param id as the SMSC wrote it, with a character at least
 * @param done when it came to this, in the SMSC's own time
 * @param error the network's or the SMSC's code, when it is one
 */
record SmppReceipt(String id, DeliveryStatus status, Optional<LocalDateTime> done, Optional<String> error) {
    /** The fields of a receipt are short; what comes after this is no longer looked at. */
    private static final int LONGEST_TEXT = 512;

    private static final int LONGEST_TLV = 255;

    private static final Pattern KEY = Pattern.compile(
            "(?<![A-Za-z0-9])(id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat|status|err|error|text) ?:",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]+");
    private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9._-]{1,16}");
    private static final Pattern NO_ERROR = Pattern.compile("0+");
    private static final int UCS_2 = 8;

    /** By the number of digits: with and without seconds, and as some write it, with the century. */
    private static final Map<Integer, DateTimeFormatter> DATES = Map.of(
            10, DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT),
            12, DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT),
            14, DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT));

    /** message_state (§5.2.28); 0 and 9 are of SMPP 5. */
    private static final Map<Integer, DeliveryStatus> STATES = Map.of(
            0, DeliveryStatus.IN_TRANSIT, // SCHEDULED
            1, DeliveryStatus.IN_TRANSIT, // ENROUTE
            2, DeliveryStatus.DELIVERED,
            3, DeliveryStatus.UNDELIVERABLE, // EXPIRED
            4, DeliveryStatus.UNDELIVERABLE, // DELETED
            5, DeliveryStatus.UNDELIVERABLE,
            6, DeliveryStatus.IN_TRANSIT, // ACCEPTED, which carriers say of what the next network has taken
            8, DeliveryStatus.UNDELIVERABLE, // REJECTED
            9, DeliveryStatus.UNDELIVERABLE); // SKIPPED

    /** By the first letters, since some write the words out and some cut them to 7. */
    private static final Map<String, DeliveryStatus> WORDS = Map.of(
            "DELIV", DeliveryStatus.DELIVERED,
            "EXPIR", DeliveryStatus.UNDELIVERABLE,
            "DELET", DeliveryStatus.UNDELIVERABLE,
            "UNDEL", DeliveryStatus.UNDELIVERABLE,
            "ACCEP", DeliveryStatus.IN_TRANSIT,
            "REJEC", DeliveryStatus.UNDELIVERABLE,
            "FAILE", DeliveryStatus.UNDELIVERABLE,
            "ENROU", DeliveryStatus.IN_TRANSIT,
            "BUFFE", DeliveryStatus.IN_TRANSIT);

    private static final int WORD = 5;

    /** Reads a receipt; empty when no message id is in it. Never throws, whatever the octets are. */
    static Optional<SmppReceipt> parse(InboundMessage message) {
        Map<String, String> fields = fields(message);
        return message.tlv(Tlv.RECEIPTED_MESSAGE_ID)
                .map(SmppReceipt::text)
                .filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(fields.get("id")))
                .map(id -> new SmppReceipt(id, status(message, fields), done(fields), error(message, fields)));
    }

    /** The text of a TLV, with or without the octet 0 at its end. */
    static String text(byte[] tlv) {
        String text = new String(tlv, 0, Math.min(tlv.length, LONGEST_TLV), StandardCharsets.ISO_8859_1);
        return BLANK.matcher(text).replaceAll(" ").strip();
    }

    private static DeliveryStatus status(InboundMessage message, Map<String, String> fields) {
        return message.tlv(Tlv.MESSAGE_STATE)
                .filter(value -> value.length > 0)
                .flatMap(value -> Optional.ofNullable(STATES.get(value[value.length - 1] & 0xFF)))
                .or(() -> Optional.ofNullable(fields.get("stat"))
                        .filter(word -> word.length() >= WORD)
                        .map(word -> WORDS.get(word.substring(0, WORD).toUpperCase(Locale.ROOT))))
                .orElse(DeliveryStatus.UNKNOWN);
    }

    private static Optional<LocalDateTime> done(Map<String, String> fields) {
        return Optional.ofNullable(fields.get("donedate")).flatMap(digits -> {
            DateTimeFormatter format = DATES.get(digits.length());
            try {
                return format == null ? Optional.empty() : Optional.of(LocalDateTime.parse(digits, format));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    /** network_error_code (§5.3.2.31) is the kind of network and its code; the text has the SMSC's own. */
    private static Optional<String> error(InboundMessage message, Map<String, String> fields) {
        return message.tlv(Tlv.NETWORK_ERROR_CODE)
                .filter(value -> value.length == 3)
                .map(value -> Map.entry(value[0] & 0xFF, (value[1] & 0xFF) << 8 | (value[2] & 0xFF)))
                .filter(code -> code.getValue() != 0)
                .map(code -> code.getKey() + ":" + code.getValue())
                .or(() -> Optional.ofNullable(fields.get("err"))
                        .filter(code -> ERROR.matcher(code).matches()
                                && !NO_ERROR.matcher(code).matches()));
    }

    /** The fields of the text by lower-case key, as the first of its readings has them that makes sense. */
    private static Map<String, String> fields(InboundMessage message) {
        List<Charset> readings = message.dataCoding() == UCS_2
                ? List.of(StandardCharsets.UTF_16BE, StandardCharsets.ISO_8859_1)
                : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE);
        for (Charset charset : readings) {
            Map<String, String> fields = fields(new String(message.octets(), charset));
            if (fields.containsKey("id") || fields.containsKey("stat")) {
                return fields;
            }
        }
        return Map.of();
    }

    private static Map<String, String> fields(String whole) {
        String text = whole.substring(0, Math.min(whole.length(), LONGEST_TEXT));
        Map<String, String> fields = new HashMap<>();
        Matcher key = KEY.matcher(text);
        boolean more = key.find();
        while (more && !key.group(1).equalsIgnoreCase("text")) {
            String name = name(key.group(1));
            int start = key.end();
            more = key.find();
            String value = BLANK.matcher(text.substring(start, more ? key.start() : text.length()))
                    .replaceAll(" ")
                    .strip();
            int space = value.indexOf(' ');
            String first = space < 0 ? value : value.substring(0, space);
            if (!first.isEmpty()) {
                fields.putIfAbsent(name, first);
            }
        }
        return fields;
    }

    private static String name(String key) {
        String name = key.toLowerCase(Locale.ROOT).replace(" ", "").replace("_", "");
        return switch (name) {
            case "status" -> "stat";
            case "error" -> "err";
            default -> name;
        };
    }
}
