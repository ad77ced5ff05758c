// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ContractService;
import dev.carillon.server.api.Contracts;
import dev.carillon.server.api.ErrorShape;
import dev.carillon.server.api.Listener;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Receipt.Subject.OurRef;
import dev.carillon.server.delivery.Receipt.Subject.ProviderId;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.secret.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksApiTest {
    private static final URI PUBLIC = URI.create("https://verify.example.com/behind");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final AttemptRef ref = new AttemptRef(TimeOrderedId.of(clock.instant(), 1, 2), 3);
    private final Scripted carrier = new Scripted();
    private final List<Receipt> kept = new CopyOnWriteArrayList<>();
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private volatile boolean full;
    private Keyring keyring;
    private CallbackUrls urls;
    private Listener listener;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Replies as it is told and keeps what it was asked. */
    private static final class Scripted implements Connection {
        private final List<Webhook> calls = new CopyOnWriteArrayList<>();
        private volatile WebhookReply reply = new WebhookReply.Receipts(List.of());

        @Override
        public SendResult send(Message message) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public WebhookReply webhook(Webhook call) {
            calls.add(call);
            return reply;
        }
    }

    @BeforeEach
    void start() {
        keyring = Keyring.load(TestDatabase.sqlite(folder), new MasterSecretSource(Optional.empty(), folder), clock);
        urls = new CallbackUrls(Optional.of(PUBLIC), keyring);
        Map<String, Connection> connections = Map.of("carrier", carrier);
        HooksApi hooks = new HooksApi(
                name -> Optional.ofNullable(connections.get(name)),
                urls,
                (name, receipt) -> {
                    if (full) {
                        throw new IllegalStateException("full");
                    }
                    assertThat(name).isEqualTo("carrier");
                    kept.add(receipt);
                },
                clock,
                (endpoint, status, outcome, nanos) -> counted.add(endpoint + " " + status + " " + outcome));
        ErrorShape errors = (status, message) -> Answer.empty(status, "protocol");
        Contracts contracts = new Contracts(new ContractService(List.of(), errors, RequestMetrics.NONE));
        listener = Listener.start(
                new Listener.Settings("127.0.0.1", 0), hooks.register(contracts), errors, RequestMetrics.NONE);
    }

    @AfterEach
    void stop() {
        client.close();
        listener.close();
    }

    @Test
    void aCallToAnAttemptsUrlIsPassedOn() throws Exception {
        Receipt receipt = Receipt.of(new OurRef(ref), DeliveryStatus.DELIVERED, clock.instant());
        carrier.reply = new WebhookReply.Receipts(List.of(receipt));

        HttpResponse<String> answer = post(callback() + "?a=b%20c&a=d", "{\"é\":1}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(kept).containsExactly(receipt);
        Webhook call = carrier.calls.getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.url()).isEqualTo(PUBLIC + callback() + "?a=b%20c&a=d");
        assertThat(call.query()).isEqualTo(Map.of("a", List.of("b c", "d")));
        assertThat(call.header("x-signature")).contains("s");
        assertThat(new String(call.body(), UTF_8)).isEqualTo("{\"é\":1}");
        assertThat(call.ref()).contains(ref);
        // It is counted after it was answered.
        await().untilAsserted(() -> assertThat(counted).containsExactly("hook 200 kept"));
    }

    @Test
    void theUrlIsTheOneThatTheProviderWasGiven() throws Exception {
        get(callback());

        assertThat(urls.callback("carrier", ref).map(URI::toString))
                .contains(carrier.calls.getFirst().url());
        assertThat(carrier.calls.getFirst().method()).isEqualTo("GET");
    }

    @Test
    void aCallToTheAccountsUrlHasNoReference() throws Exception {
        assertThat(post("/hooks/carrier", "x").statusCode()).isEqualTo(200);

        assertThat(carrier.calls.getFirst().ref()).isEmpty();
        assertThat(carrier.calls.getFirst().url())
                .isEqualTo(urls.account("carrier").orElseThrow().toString());
    }

    @Test
    void sealsOutliveTheRotationOfKeys() throws Exception {
        String before = callback();
        keyring.rotate();
        clock.advance(Duration.ofMinutes(1));

        assertThat(callback()).isEqualTo(before);
        assertThat(get(before).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAPublicUrlThereIsNoCallback() {
        CallbackUrls none = new CallbackUrls(Optional.empty(), keyring);

        assertThat(none.callback("carrier", ref)).isEmpty();
        assertThat(none.account("carrier")).isEmpty();
    }

    @Test
    void noOtherUrlOfAnAttemptIsTaken() throws Exception {
        String genuine = callback();
        String seal = genuine.substring(genuine.lastIndexOf('.') + 1);
        String other = new AttemptRef(ref.verification(), 4).encoded();
        for (String path : List.of(
                genuine.substring(0, genuine.length() - 1),
                genuine + "A",
                genuine.replace(seal, ""),
                genuine.replace(ref.encoded(), other),
                genuine.replace(ref.encoded(), ""),
                "/hooks/carrier." + ref.encoded() + "." + seal.toLowerCase(Locale.ROOT))) {
            assertThat(post(path, "").statusCode()).as(path).isEqualTo(403);
        }
        assertThat(carrier.calls).isEmpty();
        await().untilAsserted(() -> assertThat(counted).isNotEmpty().containsOnly("hook 403 forged"));
    }

    @Test
    void aSealIsGoodForItsConnectionOnly() throws Exception {
        String elsewhere = urls.callback("carriers", ref).orElseThrow().getRawPath();

        assertThat(post(elsewhere.replace("carriers", "carrier").replace("/behind", ""), "")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/hooks/other", "/hooks/Carrier", "/hooks/carrier.x", "/hooks/carrier%2Fx", "/hooks/a.b.c.d"})
    void anUnknownConnectionIsNotFound(String path) throws Exception {
        assertThat(post(path, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks", "/hooks/", "/hooks/carrier/", "/hooks/carrier/x"})
    void noOtherPathIsServed(String path) throws Exception {
        assertThat(post(path, "").statusCode()).isEqualTo(404);
        assertThat(carrier.calls).isEmpty();
    }

    @Test
    void onlyGetAndPostAreTaken() throws Exception {
        HttpResponse<String> answer = send(request(callback()).PUT(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, POST");
    }

    @Test
    void whatIsForgedOrUnreadableChangesNothing() throws Exception {
        carrier.reply = new WebhookReply.Forged("the signature is wrong");
        assertThat(post(callback(), "x").statusCode()).isEqualTo(403);
        carrier.reply = new WebhookReply.Unreadable("no status");
        assertThat(post(callback(), "x").statusCode()).isEqualTo(400);
        assertThat(post(callback() + "?a=%ff", "x").statusCode()).isEqualTo(400);
        assertThat(kept).isEmpty();
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        assertThat(post(callback(), "x".repeat(64 * 1024)).statusCode()).isEqualTo(200);
        assertThat(post(callback(), "x".repeat(64 * 1024 + 1)).statusCode()).isEqualTo(400);
        assertThat(carrier.calls).hasSize(1);
    }

    @Test
    void anEchoIsGivenBack() throws Exception {
        carrier.reply = new WebhookReply.Echo("text/plain", "challenge");

        HttpResponse<String> answer = get("/hooks/carrier?hub.challenge=challenge");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("challenge");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain");
    }

    @Test
    void whatCannotBeKeptIsToComeAgain() throws Exception {
        Receipt receipt = Receipt.of(new ProviderId("7"), DeliveryStatus.DELIVERED, clock.instant());
        carrier.reply = new WebhookReply.Receipts(List.of(receipt), Optional.of("nonce"));
        full = true;
        HttpResponse<String> answer = post("/hooks/carrier", "x");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");

        full = false;
        assertThat(post("/hooks/carrier", "x").statusCode()).isEqualTo(200);
        assertThat(kept).containsExactly(receipt);
    }

    @Test
    void aNonceIsGoodOnce() throws Exception {
        Receipt receipt = Receipt.of(new ProviderId("7"), DeliveryStatus.DELIVERED, clock.instant());
        carrier.reply = new WebhookReply.Receipts(List.of(receipt), Optional.of("nonce"));

        assertThat(post("/hooks/carrier", "x").statusCode()).isEqualTo(200);
        assertThat(post("/hooks/carrier", "x").statusCode()).isEqualTo(403);
        assertThat(kept).hasSize(1);
    }

    @Test
    void whatIsAboutAnOldMessageIsRefused() throws Exception {
        Receipt receipt = Receipt.of(new OurRef(ref), DeliveryStatus.DELIVERED, clock.instant());
        carrier.reply = new WebhookReply.Receipts(List.of(receipt));
        clock.advance(Duration.ofDays(4));
        assertThat(post(callback(), "x").statusCode()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));
        assertThat(post(callback(), "x").statusCode()).isEqualTo(403);
        assertThat(post("/hooks/carrier", "x").statusCode()).isEqualTo(403);
        assertThat(kept).hasSize(1);
    }

    private String callback() {
        String url = urls.callback("carrier", ref).orElseThrow().toString();
        assertThat(url).startsWith(PUBLIC + "/hooks/carrier." + ref.encoded() + ".");
        return url.substring(PUBLIC.toString().length());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("X-Signature", "s").POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
