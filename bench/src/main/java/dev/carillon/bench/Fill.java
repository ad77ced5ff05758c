// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.ledger.jdbc.PostgresUrl;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Fills a store that no server is on with finished verifications, each with its number's record: copies of such as a server has made there, with ids and
 * numbers of their own. The subject (the number) is encrypted anew for each, since it is bound to the id, and the number's record goes to
 * the keyed hash of its number, so that a server reads each like its own. Ids are spread over the days before; the times inside a row are
 * those of the row that it was copied from.
 *
 * <p>Arguments: DATA-FOLDER, DATABASE-URL (empty for SQLite), HOW-MANY, DAYS, FILE for ids and numbers of a sample.
 */
public final class Fill {
    private static final int TEMPLATES = 256;
    private static final int SAMPLE = 20_000;
    /** So many low bits of a packed long are an index. */
    private static final int INDEX_BITS = 24;

    private static final long INDEX = (1L << INDEX_BITS) - 1;
    /** French mobile numbers, whose seven last digits may be any. The load has none of these. */
    private static final List<String> PREFIXES = List.of("+3360", "+3368");

    private final Keyring keyring;
    private final List<Template> templates;
    private final int count;
    private final long firstMillis;
    private final long spanMillis;

    /** A finished verification: its rows, and where in them is what every copy has of its own. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and there are few
    private record Template(
            UUID account, UUID id, byte[] body, byte[] sealed, byte[] subject, String e164, byte[] number) {}

    private Fill(Keyring keyring, List<Template> templates, int count, Duration days) {
        this.keyring = keyring;
        this.templates = templates;
        this.count = count;
        long end = Instant.now().minus(Duration.ofMinutes(5)).toEpochMilli();
        this.spanMillis = days.toMillis();
        this.firstMillis = end - spanMillis;
    }

    public static void main(String[] args) throws IOException, SQLException {
        Path data = Path.of(args[0]);
        Optional<PostgresUrl> url = args[1].isEmpty() ? Optional.empty() : Optional.of(PostgresUrl.parse(args[1]));
        int count = Integer.parseInt(args[2]);
        if (count > INDEX) {
            throw new IllegalArgumentException("at most " + INDEX);
        }
        try (OpenDatabase database = OpenDatabase.open(data, url)) {
            Keyring keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), data), Clock.systemUTC());
            Fill fill =
                    new Fill(keyring, templates(database, keyring), count, Duration.ofDays(Long.parseLong(args[3])));
            fill.writeSample(Path.of(args[4]));
            if (url.isPresent()) {
                try (FillTarget target = new PostgresTarget(args[1])) {
                    fill.writeTo(target);
                }
            } else {
                try (FillTarget target = new SqliteTarget(data.resolve("carillon.db"))) {
                    fill.writeTo(target);
                }
            }
        }
    }

    private void writeTo(FillTarget target) throws IOException, SQLException {
        target.prepare(Instant.ofEpochMilli(firstMillis), Instant.ofEpochMilli(firstMillis + spanMillis));
        target.begin("verification");
        for (int i = 0; i < count; i++) {
            UUID id = id(i);
            target.add(bytes(id), body(template(i), id, number(i)), 0);
        }
        target.end();
        // In the order of their keys, as an index likes it.
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = ((numberKey(i).getMostSignificantBits() & ~INDEX) | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(order);
        long expires = Instant.now().plus(Duration.ofDays(30)).toEpochMilli();
        target.begin("number");
        for (long packed : order) {
            int i = (int) (packed & INDEX);
            byte[] record = template(i).number.clone();
            replaceAll(record, bytes(template(i).id), bytes(id(i)));
            target.add(bytes(numberKey(i)), record, expires);
        }
        target.end();
    }

    private void writeSample(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int n = 0; n < SAMPLE; n++) {
                int i = random.nextInt(count);
                out.write(id(i) + " " + number(i) + "\n");
            }
        }
    }

    private Template template(int i) {
        return templates.get(i % templates.size());
    }

    private UUID id(int i) {
        SplittableRandom random = new SplittableRandom(i);
        long millis = firstMillis + (long) ((double) spanMillis * i / count);
        return TimeOrderedId.of(Instant.ofEpochMilli(millis), random.nextLong(), random.nextLong());
    }

    private static String number(int i) {
        return PREFIXES.get(i / 10_000_000) + String.format("%07d", i % 10_000_000);
    }

    private UUID numberKey(int i) {
        return keyring.lookup("number", bytes(template(i).account), number(i).getBytes(US_ASCII));
    }

    private byte[] body(Template template, UUID id, String e164) {
        byte[] subject = template.subject.clone();
        replaceAll(subject, template.e164.getBytes(US_ASCII), e164.getBytes(US_ASCII));
        byte[] body = template.body.clone();
        replaceAll(body, template.sealed, keyring.seal(subject, bytes(id)));
        return body;
    }

    private static List<Template> templates(OpenDatabase database, Keyring keyring) {
        List<UUID> ids = database.read(Fill::ids);
        VerificationReader reader = new VerificationReader(database.store());
        List<Template> found = new ArrayList<>();
        for (UUID id : ids) {
            if (found.size() < TEMPLATES) {
                reader.find(id)
                        .flatMap(verification -> template(database, keyring, verification))
                        .ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("the store has no finished verification to copy");
        }
        return found;
    }

    private static List<UUID> ids(Connection connection) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT key FROM verification LIMIT 20000")) {
            while (rows.next()) {
                Object key = rows.getObject(1);
                ids.add(key instanceof byte[] octets ? uuid(octets) : (UUID) key);
            }
        }
        return ids;
    }

    private static Optional<Template> template(OpenDatabase database, Keyring keyring, Verification verification) {
        boolean valid = verification.events().stream()
                .anyMatch(event -> event instanceof CodeChecked check && check.result() == CheckResult.VALID);
        UUID id = verification.id();
        byte[] sealed = verification.subject().bytes();
        byte[] subject = keyring.open(sealed, bytes(id));
        String text = new String(subject, US_ASCII);
        int at = text.indexOf("+33");
        if (!valid || at < 0) {
            return Optional.empty();
        }
        String e164 = text.substring(at, at + PREFIXES.getFirst().length() + 7);
        UUID numberKey = keyring.lookup("number", bytes(verification.account()), e164.getBytes(US_ASCII));
        return database.store()
                .read(RowKind.NUMBER, numberKey)
                .map(number -> new Template(
                        verification.account(),
                        id,
                        database.store().read(RowKind.VERIFICATION, id).orElseThrow(),
                        sealed,
                        subject,
                        e164,
                        number));
    }

    /** Overwrites what is found, at least once, by as many octets. */
    private static void replaceAll(byte[] in, byte[] what, byte[] with) {
        boolean found = false;
        for (int at = 0; at <= in.length - what.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                System.arraycopy(with, 0, in, at, with.length);
                found = true;
            }
        }
        if (!found || what.length != with.length) {
            throw new IllegalStateException("a row is not as it was expected");
        }
    }

    private static UUID uuid(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
