// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.connection.ConnectionFactory;

/**
 * The options of an SMPP connection, as {@link SmppKind} documents them.
 *
 * @param binds how many of a type
 * @param window submits without an answer yet, for each bind
 * @param enquireLink how long the SMSC may be silent before it is asked whether it is there
 * @param reconnectAfter the first wait before connecting again
 * @param reconnectAtMost the longest
 * @param validity whether messages tell how long they are of use
 */
record SmppOptions(
        String host,
        int port,
        ConnectionFactory connections,
        String systemId,
        Secret password,
        String systemType,
        Mode mode,
        int binds,
        int window,
        Duration enquireLink,
        Duration bindTimeout,
        Duration reconnectAfter,
        Duration reconnectAtMost,
        TextEncoder text,
        ReceiptRules receipts,
        Address.Types sourceTypes,
        Address.Types destinationTypes,
        String serviceType,
        boolean validity) {
    private static final int PLAIN_PORT = 2775;
    private static final int TLS_PORT = 3550;
    /** 8x8's: MCC and MNC. Nobody else is known to use them for something else in a receipt. */
    private static final List<String> NETWORK_TLVS = List.of("0x1503", "0x1504");

    /** How messages go out and receipts come in. */
    enum Mode {
        /** Both by each bind: bind_transceiver. */
        TRX,
        /** By binds of their own: bind_transmitter and bind_receiver. */
        TX_RX
    }

    /** @throws IllegalArgumentException naming the option that is missing, unknown or wrong */
    static SmppOptions read(Options options) {
        boolean tls = options.flag("tls", false);
        Duration connectTimeout = options.duration(
                "connect_timeout", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(1));
        Optional<String> caFile = options.optionalText("ca_file");
        if (caFile.isPresent() && !tls) {
            throw options.wrong("ca_file", "is of no use without tls: true");
        }
        Secret password = options.secret("password");
        if (!fits(password.value(), 8)) {
            throw options.wrong("password", "must be at most 8 ASCII characters, as SMPP has it");
        }
        SmppOptions read = new SmppOptions(
                options.text("host"),
                options.integer("port", tls ? TLS_PORT : PLAIN_PORT, 1, 65_535),
                tls
                        ? parsed(options, "ca_file", () -> TcpConnections.tls(connectTimeout, caFile))
                        : TcpConnections.plain(connectTimeout),
                ascii(options, "system_id", options.text("system_id"), 15),
                password,
                ascii(options, "system_type", options.text("system_type", ""), 12),
                options.choice("mode", Mode.class, Mode.TRX),
                options.integer("binds", 1, 1, 16),
                options.integer("window", 10, 1, 1000),
                options.duration("enquire_link", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                options.duration("bind_timeout", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(1)),
                options.duration(
                        "reconnect_after", Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMinutes(1)),
                options.duration(
                        "reconnect_at_most", Duration.ofMinutes(1), Duration.ofMillis(10), Duration.ofMinutes(10)),
                new TextEncoder(
                        options.choice("encoding", Alphabet.class, Alphabet.GSM),
                        (byte) options.integer("data_coding", 0, 0, 255),
                        options.choice("parts", TextEncoder.Parts.class, TextEncoder.Parts.UDH)),
                new ReceiptRules(
                        options.choice("message_id_format", MessageIdFormat.class, MessageIdFormat.SAME),
                        option(options, "receipt_time_zone", ZoneId::of),
                        networkTlvs(options)),
                types(options, "source"),
                types(options, "dest"),
                ascii(options, "service_type", options.text("service_type", ""), 5),
                options.flag("validity_period", true));
        options.refuseUnknown();
        return read;
    }

    private static Address.Types types(Options options, String whose) {
        return new Address.Types(
                option(options, whose + "_ton", text -> TypeOfNumber.valueOf(Byte.parseByte(text))),
                option(options, whose + "_npi", text -> NumberingPlanIndicator.valueOf(Byte.parseByte(text))));
    }

    private static List<Integer> networkTlvs(Options options) {
        List<String> named = options.texts("network_tlvs");
        List<String> tags = named.isEmpty() ? NETWORK_TLVS : named;
        if (tags.size() > 2) {
            throw options.wrong("network_tlvs", "must be one tag, or two");
        }
        return tags.stream()
                .map(tag -> parsed(options, "network_tlvs", () -> Integer.decode(tag)))
                .toList();
    }

    private static String ascii(Options options, String name, String text, int longest) {
        if (!fits(text, longest)) {
            throw options.wrong(name, "must be at most " + longest + " ASCII characters, as SMPP has it");
        }
        return text;
    }

    private static boolean fits(String text, int longest) {
        return text.length() <= longest && text.chars().allMatch(character -> character > 0 && character < 0x80);
    }

    private static <T> Optional<T> option(Options options, String name, Function<String, T> parser) {
        return options.optionalText(name).map(text -> parsed(options, name, () -> parser.apply(text)));
    }

    /** What it says, or the failure of that option. */
    private static <T> T parsed(Options options, String name, Parser<T> parser) {
        try {
            return parser.parse();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw options.wrong(name, "is not valid");
        } catch (IOException | GeneralSecurityException e) {
            throw options.wrong(name, "cannot be read as certificates (PEM)");
        }
    }

    private interface Parser<T> {
        T parse() throws IOException, GeneralSecurityException;
    }
}
