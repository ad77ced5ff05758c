// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Vectors;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AwsTest extends HttpConnectionContract {
    private static final JsonNode SNS = Vectors.of(AwsTest.class, "sns.json");
    private static final Instant AT = Instant.parse("2026-11-22T09:05:00Z");

    /** What is asked of SNS, which is on no port of this machine. */
    private final List<URI> asked = new ArrayList<>();

    private HttpReply snsAnswer =
            new HttpReply(200, Map.of(), SNS.path("certificate").asText());

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new AwsKind(settings -> sns(calls.apply(settings)));
    }

    private HttpCalls sns(HttpCalls others) {
        return call -> {
            if (!"sns.eu-west-1.amazonaws.com".equals(call.url().getHost())) {
                return others.send(call);
            }
            asked.add(call.url());
            if (snsAnswer.status() == 0) {
                throw new CallFailedException("down", false, new AssertionError());
            }
            return snsAnswer;
        };
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "base_url", provider.url().toString(),
                "region", "eu-west-1",
                "access_key_id", "AKIDEXAMPLE",
                "secret_access_key", "wJalrXUtnFEMI",
                "session_token", "s3ssion-token",
                "configuration_set", "otp",
                "max_price", "0.20",
                "topic_arn", SNS.path("topic").asText());
    }

    @Override
    protected List<String> mandatory() {
        return List.of("region", "access_key_id", "secret_access_key");
    }

    @Override
    protected List<String> secrets() {
        return List.of("wJalrXUtnFEMI", "s3ssion-token");
    }

    @Override
    protected Map<String, String> templateIds() {
        return Map.of(TemplateIds.DLT_ENTITY, "1101", TemplateIds.DLT_TEMPLATE, "1107");
    }

    @Override
    protected Answer accepting() {
        return json(200, "{\"MessageId\":\"862a8790\"}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(request.header("X-Amz-Target")).isEqualTo("PinpointSMSVoiceV2.SendTextMessage");
        assertThat(request.header("X-Amz-Date")).isEqualTo("20261122T090501Z");
        assertThat(request.header("X-Amz-Security-Token")).isEqualTo("s3ssion-token");
        assertThat(request.header("Host")).isEqualTo(provider.url().getRawAuthority());
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"DestinationPhoneNumber":"+%s","OriginationIdentity":"Acme","MessageBody":"%s",
                 "MessageType":"TRANSACTIONAL","TimeToLive":300,"Context":{"attempt":"%s"},
                 "ConfigurationSetName":"otp","MaxPrice":"0.20",
                 "DestinationCountryParameters":{"IN_ENTITY_ID":"1101","IN_TEMPLATE_ID":"1107"}}
                """.formatted(DIGITS, TEXT, REF.encoded())));
        HttpCall again = new HttpCall(
                "POST",
                URI.create(provider.url() + "/"),
                Map.of(
                        "Content-Type", "application/x-amz-json-1.0",
                        "X-Amz-Target", "PinpointSMSVoiceV2.SendTextMessage"),
                request.body());
        AwsCredentials credentials = new AwsCredentials(
                "AKIDEXAMPLE", new Secret("wJalrXUtnFEMI"), Optional.of(new Secret("s3ssion-token")));
        assertThat(request.header("Authorization"))
                .isEqualTo(new SigV4(credentials, "eu-west-1", "sms-voice")
                        .sign(again, NOW)
                        .headers()
                        .get("Authorization"));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                new Refusal("opted out", conflict("DESTINATION_PHONE_NUMBER_OPTED_OUT"), Outcome.NUMBER),
                new Refusal(
                        "protected number",
                        conflict("DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE"),
                        Outcome.FRAUD),
                new Refusal(
                        "protected country",
                        conflict("DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION"),
                        Outcome.FAULT),
                new Refusal("sandbox", conflict("DESTINATION_PHONE_NUMBER_NOT_VERIFIED"), Outcome.FAULT),
                new Refusal(
                        "number",
                        json(
                                400,
                                "{\"__type\":\"com.amazonaws.pinpointsmsvoicev2#ValidationException\",\"Message\":\"Bad +"
                                        + DIGITS + "\",\"Reason\":\"FIELD_VALIDATION_FAILED\",\"Fields\":[{\"Name\":"
                                        + "\"DestinationPhoneNumber\",\"Message\":\"bad\"}]}"),
                        Outcome.NUMBER),
                new Refusal(
                        "another field",
                        json(
                                400,
                                "{\"__type\":\"ValidationException\",\"Reason\":\"FIELD_VALIDATION_FAILED\",\"Fields\":"
                                        + "[{\"Name\":\"OriginationIdentity\"}]}"),
                        Outcome.FAULT),
                new Refusal("rate", json(400, "{\"__type\":\"ThrottlingException\"}"), Outcome.FAULT),
                new Refusal("quota", json(402, "{\"__type\":\"ServiceQuotaExceededException\"}"), Outcome.FAULT),
                new Refusal(
                        "access",
                        json(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}"),
                        Outcome.FAULT),
                new Refusal("internal", json(500, "{\"__type\":\"InternalServerException\"}"), Outcome.FAULT));
    }

    private static Answer conflict(String reason) {
        return json(
                400,
                "{\"__type\":\"ConflictException\",\"Message\":\"About +" + DIGITS + "\",\"Reason\":\"" + reason
                        + "\"}");
    }

    @Override
    protected List<Told> told() {
        assertThat(SNS.path("ref").asText()).isEqualTo(REF.encoded());
        Map<String, DeliveryStatus> statuses = new LinkedHashMap<>();
        statuses.put("TEXT_QUEUED", DeliveryStatus.SUBMITTED);
        statuses.put("TEXT_PENDING", DeliveryStatus.SUBMITTED);
        statuses.put("TEXT_SENT", DeliveryStatus.IN_TRANSIT);
        statuses.put("TEXT_SUCCESSFUL", DeliveryStatus.DELIVERED);
        statuses.put("TEXT_DELIVERED", DeliveryStatus.DELIVERED);
        for (String lost : new String[] {
            "INVALID",
            "INVALID_MESSAGE",
            "UNREACHABLE",
            "CARRIER_UNREACHABLE",
            "BLOCKED",
            "CARRIER_BLOCKED",
            "SPAM",
            "TTL_EXPIRED"
        }) {
            statuses.put("TEXT_" + lost, DeliveryStatus.UNDELIVERABLE);
        }
        statuses.put("TEXT_PROTECT_BLOCKED", DeliveryStatus.NOT_SENT);
        statuses.put("TEXT_UNKNOWN", DeliveryStatus.UNKNOWN);
        statuses.put("TEXT_NEW", DeliveryStatus.UNKNOWN);
        List<Told> told = new ArrayList<>();
        statuses.forEach(
                (type, status) -> told.add(new Told(type, event(type), List.of(receipt(status, "0.09582", type)))));
        told.add(new Told(
                "taken by the carrier, more to come",
                event("TEXT_SUCCESSFUL not final"),
                List.of(receipt(DeliveryStatus.IN_TRANSIT, "0.09582", "TEXT_SUCCESSFUL"))));
        told.add(new Told(
                "with a fee",
                event("with a fee"),
                List.of(receipt(DeliveryStatus.DELIVERED, "0.10032", "TEXT_DELIVERED"))));
        told.add(new Told(
                "without context, network and price",
                event("bare"),
                List.of(new Receipt(
                        new Receipt.Subject.ProviderId("862a8790-60c0-4430-9b2b-658bdexample"),
                        DeliveryStatus.DELIVERED,
                        AT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("TEXT_DELIVERED")))));
        told.add(new Told("about a call", event("voice"), List.of()));
        told.add(new Told("the subscription ended", event("unsubscription"), List.of()));
        return told;
    }

    private static Receipt receipt(DeliveryStatus status, String price, String code) {
        return new Receipt(
                ours(),
                status,
                AT,
                Optional.of(new Network("310800")),
                Optional.of(Money.of(price, "USD")),
                Optional.of(code));
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(event("no event"));
    }

    @Override
    protected boolean needsSealedUrl() {
        return false; // SNS signs fields of the body
    }

    private static Webhook event(String name) {
        return named("events", name);
    }

    private static Webhook named(String list, String name) {
        return Vectors.each(SNS.path(list))
                .filter(vector -> vector.path("name").asText().equals(name))
                .map(vector -> postedToAccount(JsonTree.write(vector.path("message")), Map.of()))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> verdictsOfTheSdk() {
        return Vectors.each(SNS.path("cases"))
                .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> {
                    Webhook call = postedToAccount(JsonTree.write(vector.path("message")), Map.of());
                    assertThat(open().webhook(call) instanceof WebhookReply.Receipts)
                            .isEqualTo(vector.path("genuine").asBoolean());
                }));
    }

    @Test
    void whatWasPublishedUpToAnHourAgoIsTaken() {
        assertThat(open().webhook(event("59 minutes old"))).isInstanceOf(WebhookReply.Receipts.class);
        assertThat(open().webhook(event("4 minutes ahead"))).isInstanceOf(WebhookReply.Receipts.class);
        assertThat(open().webhook(event("61 minutes old"))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open().webhook(event("6 minutes ahead"))).isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void aMessageCanBeTakenOnlyOnce() {
        assertThat(open().webhook(event("voice")))
                .isEqualTo(new WebhookReply.Receipts(List.of(), Optional.of("22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")));
    }

    @Test
    void theCertificateIsFetchedOnce() {
        Connection connection = open();
        connection.webhook(event("TEXT_QUEUED"));
        connection.webhook(event("TEXT_DELIVERED"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void nothingIsAskedForAnotherTopic() {
        assertThat(open().webhook(event("other topic"))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutATopicNoCallIsGood() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("topic_arn");
        assertThat(open(options).webhook(event("TEXT_DELIVERED"))).isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void theSubscriptionOfTheTopicIsConfirmed() {
        assertThat(open().webhook(named("cases", "subscription v2"))).isEqualTo(new WebhookReply.Receipts(List.of()));
        assertThat(asked).hasSize(2);
        assertThat(asked.getLast().getQuery()).startsWith("Action=ConfirmSubscription&");
    }

    @Test
    void noSubscriptionIsConfirmedElsewhere() {
        assertThat(open().webhook(event("subscription elsewhere"))).isInstanceOf(WebhookReply.Unreadable.class);
        assertThat(asked).hasSize(1);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void snsIsToComeAgainWhenItsCertificateCannotBeHad() {
        snsAnswer = new HttpReply(503, Map.of(), "");
        assertThatThrownBy(() -> open().webhook(event("TEXT_QUEUED"))).isInstanceOf(IllegalStateException.class);
        snsAnswer = new HttpReply(0, Map.of(), "");
        assertThatThrownBy(() -> open().webhook(event("TEXT_QUEUED"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCertificateThatIsNotThereIsForged() {
        snsAnswer = new HttpReply(404, Map.of(), "");
        assertThat(open().webhook(event("TEXT_QUEUED"))).isInstanceOf(WebhookReply.Forged.class);
        snsAnswer = new HttpReply(200, Map.of(), "not a certificate");
        assertThat(open().webhook(event("TEXT_QUEUED"))).isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void mistakesInOptionsAreNamed() {
        assertThatThrownBy(() -> open(with("region", "Ireland"))).hasMessageStartingWith("region ");
        assertThatThrownBy(() -> open(with("topic_arn", "carillon"))).hasMessageStartingWith("topic_arn ");
    }
}
