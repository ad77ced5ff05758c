// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.account.Policy;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateText;
import dev.carillon.core.message.TemplateVariant;
import dev.carillon.server.api.Contracts;
import dev.carillon.server.api.Listener;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.lookup.Lookup;
import dev.carillon.server.lookup.ServingNetworks;
import dev.carillon.server.lookup.paid.PaidLookups;
import dev.carillon.server.lookup.paid.TestProviders;
import dev.carillon.server.webhook.AddressRules;
import dev.carillon.server.webhook.ReceiverUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Ding API on a free port, over scripted verifications. */
final class TestServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T09:05:01.5Z");
    static final String KEY = "key-of-the-account";
    static final String SUSPENDED_KEY = "key-of-a-suspended-account";
    static final UUID CUSTOMER = UUID.fromString("3f2f4f0e-6c1d-4a6c-9b57-0d5c1f5b8a11");
    static final UUID SUSPENDED = UUID.fromString("4f2f4f0e-6c1d-4a6c-9b57-0d5c1f5b8a11");
    static final String SENDER = "Acme";
    /** Good in France only. */
    static final String FRENCH_SENDER = "Acme-FR";

    static final String TEMPLATE = "login";

    /** A request that was counted. */
    record Counted(String endpoint, int status, String outcome) {}

    final ScriptedVerifications verifications = new ScriptedVerifications();
    final List<Counted> counted = new CopyOnWriteArrayList<>();
    private final Map<String, AccountView> accounts;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Listener listener;

    TestServer() {
        this(Optional.empty());
    }

    TestServer(Optional<String> publicUrl) {
        this(publicUrl, TestProviders.none(), NumberRules.STANDARD);
    }

    /** Over these providers of lookups, with an account that thinks so of numbers. */
    TestServer(PaidLookups paid, NumberRules numbers) {
        this(Optional.empty(), paid, numbers);
    }

    private TestServer(Optional<String> publicUrl, PaidLookups paid, NumberRules numbers) {
        accounts = Map.of(KEY, account(CUSTOMER, false, numbers), SUSPENDED_KEY, account(SUSPENDED, true, numbers));
        RequestMetrics metrics =
                (endpoint, status, outcome, nanos) -> counted.add(new Counted(endpoint, status, outcome));
        DingApi ding = new DingApi(
                key -> Optional.ofNullable(accounts.get(key)),
                verifications,
                Lookup.shipped(ServingNetworks.NONE, paid, Clock.fixed(NOW, ZoneOffset.UTC)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                publicUrl,
                new ReceiverUrl(new AddressRules(List.of()), false)::objection,
                metrics);
        Contracts contracts = ding.contracts();
        listener = Listener.start(new Listener.Settings("127.0.0.1", 0), contracts, ding.errors(), metrics);
    }

    int port() {
        return listener.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("x-api-key", KEY);
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> lookup(String number) {
        return send(request("/v1/lookup/" + number)
                .header("customer-uuid", CUSTOMER.toString())
                .GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes bytes as they are, half-closes, and reads until the server closes. */
    String raw(byte[]... parts) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            write(socket, parts);
            return new String(read(socket), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it, or as much as is taken. */
    private static void write(Socket socket, byte[]... parts) {
        try {
            OutputStream out = socket.getOutputStream();
            for (byte[] part : parts) {
                out.write(part);
            }
            socket.shutdownOutput();
        } catch (IOException _) {
            // Who is refused before all is said finds the connection closed, and has the answer all the same.
        }
    }

    /** What was answered, also when the connection was closed on what was left to say. */
    private static byte[] read(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException _) {
            // Reset, since something was left unread.
        }
        return answer.toByteArray();
    }

    String raw(String request) {
        return raw(request.getBytes(ISO_8859_1));
    }

    @Override
    public void close() {
        client.close();
        listener.close();
    }

    private static AccountView account(UUID id, boolean suspended, NumberRules numbers) {
        Policy standard = Policy.STANDARD;
        Policy policy = new Policy(
                standard.window(),
                standard.codeLength(),
                standard.maxChecks(),
                standard.retryAfter(),
                standard.acceptCodes(),
                standard.autoRetry(),
                standard.showCodes(),
                standard.brand(),
                standard.defaultLocale(),
                Countries.ALL,
                Set.of(SENDER),
                standard.originDomain(),
                standard.channels(),
                standard.limits(),
                numbers,
                standard.spending());
        return new AccountView(
                new Account(id, "Acme", suspended, policy, NOW),
                List.of(),
                List.of(),
                List.of(new AccountSender(FRENCH_SENDER, Countries.parse("FR"))),
                List.of(new AccountTemplate(
                        TEMPLATE,
                        "fr",
                        TemplateVariant.of(Map.of("fr", TemplateText.of("{{code}}"))),
                        new TreeMap<>())));
    }
}
