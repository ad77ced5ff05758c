// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static dev.carillon.server.api.ding.TestServer.CUSTOMER;
import static dev.carillon.server.api.ding.TestServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.verify.DeviceType;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.Story;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusAndLookupContractTest {
    private static final UUID ID = UUID.fromString("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20");
    private static final UUID ATTEMPT = UUID.fromString("0199f5b2-6d40-7b12-a1f3-6c0d2e4f8b90");

    private final TestServer server = new TestServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theWholeStory() {
        tell(new Story(
                ID,
                "+33612345678",
                Optional.of("default"),
                Optional.of("c-\"1\" é"),
                NOW,
                new Signals(
                        Optional.of("203.0.113.7"),
                        Optional.of("d"),
                        Optional.of(DeviceType.IOS),
                        Optional.of("iPhone"),
                        Optional.of("26"),
                        Optional.of("1"),
                        Optional.empty(),
                        Optional.of(false)),
                List.of(
                        new Story.Attempt(
                                NOW,
                                ATTEMPT,
                                "Your code is ******",
                                "Acme",
                                Channel.SMS,
                                1,
                                Story.AttemptStatus.DELIVERED),
                        new Story.Delivery(
                                NOW, DeliveryStatus.DELIVERED, ATTEMPT, 1, Instant.parse("2026-11-22T09:05:03Z")),
                        new Story.Check(NOW, ID, "******", CheckResult.VALID))));

        JsonNode body = StrictDing.told(server.get("/v1/authentication/" + ID));

        assertThat(body).isEqualTo(StrictDing.parse("""
                {"uuid":"0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20","phone_number":"+33612345678","template_id":"default",
                 "correlation_id":"c-\\"1\\" é","created_at":"2026-11-22T09:05:01.500000Z",
                 "signals":{"ip":"203.0.113.7","device_id":"d","device_type":"IOS","app_version":"1","os_version":"26",
                  "device_model":"iPhone","is_returning_user":false},
                 "events":[
                  {"type":"attempt","id":"0199f5b2-6d40-7b12-a1f3-6c0d2e4f8b90","content":"Your code is ******","sender_id":"Acme",
                   "capability":"text","attempt_number":1,"status":"delivered","created_at":"2026-11-22T09:05:01.500000Z"},
                  {"type":"delivery_status","status":"delivered","attempt_id":"0199f5b2-6d40-7b12-a1f3-6c0d2e4f8b90","attempt_number":1,
                   "originated_at":"2026-11-22T09:05:03.000000Z","created_at":"2026-11-22T09:05:01.500000Z"},
                  {"type":"check","id":"0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20","code":"******","status":"valid",
                   "created_at":"2026-11-22T09:05:01.500000Z"}]}"""));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        tell(story(List.of()));

        JsonNode body =
                StrictDing.told(server.get("/v1/authentication/" + ID.toString().toUpperCase(Locale.ROOT)));

        assertThat(body.has("signals")).isFalse();
        assertThat(body.has("correlation_id")).isFalse();
        assertThat(body.path("events")).isEmpty();
        assertThat(server.verifications.named.getLast()).isEqualTo(ID);
    }

    @Test
    void everyKindOfEventWithEveryWord() {
        List<Story.Event> events = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            events.add(new Story.Attempt(NOW, ATTEMPT, "x", "Acme", channel, 1, Story.AttemptStatus.PENDING));
        }
        for (Story.AttemptStatus status : Story.AttemptStatus.values()) {
            events.add(new Story.Attempt(NOW, ATTEMPT, "x", "Acme", Channel.SMS, 1, status));
        }
        for (CheckResult result : CheckResult.values()) {
            events.add(new Story.Check(NOW, ID, "", result));
        }
        for (DeliveryStatus status : DeliveryStatus.values()) {
            events.add(new Story.Delivery(NOW, status, ATTEMPT, 1, NOW));
        }
        tell(story(events));

        assertThat(StrictDing.told(server.get("/v1/authentication/" + ID)).path("events"))
                .hasSameSizeAs(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "x", "%00", "%2e%2e", "0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f21"})
    void malformedAndUnknownAreOneError(String id) {
        server.verifications.story = Optional::empty;

        StrictDing.refused(server.get("/v1/authentication/" + id), "invalid_auth_uuid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33612345678",
                "%2B33612345678",
                "%2b33612345678",
                "%2B33612345678?type=cnam",
                "+33612345678?type=cnam&type=x"
            })
    void lookupReadsTheNumberAsAPath(String number) {
        JsonNode body = StrictDing.lookedUp(server.lookup(number));

        assertThat(body.path("phone_number").asText()).isEqualTo("+33612345678");
        assertThat(body.path("country_code").asText()).isEqualTo("FR");
        assertThat(body.path("line_type").asText()).isEqualTo("Mobile");
        assertThat(body.path("carrier").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "+33142345678, FixedLine, FR",
        "+12012345678, Mobile, US",
        "+870773111632, Satellite,",
        "+80012345678, TollFree,",
        "+447012345678, Other, GB"
    })
    void lookupOfOtherLines(String number, String type, String country) {
        JsonNode body = StrictDing.lookedUp(server.lookup(number));

        assertThat(body.path("line_type").asText()).isEqualTo(type);
        assertThat(body.path("country_code").asText(null)).isEqualTo(country);
        assertThat(body.has("carrier")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+0", "33612345678", "%2033612345678", "%00", "%C3%A9", "%E2%80%AE"})
    void lookupOfWhatIsNoNumber(String number) {
        StrictDing.refused(server.lookup(number), "invalid_phone_number");
    }

    @Test
    void lookupNeedsTheCustomerInAHeader() {
        StrictDing.refused(server.get("/v1/lookup/+33612345678"), "account_invalid");
        StrictDing.refused(
                server.send(server.request("/v1/lookup/+33612345678")
                        .header("customer-uuid", TestServer.SUSPENDED.toString())
                        .GET()),
                "account_invalid");
        StrictDing.refused(
                server.send(server.request("/v1/lookup/+33612345678")
                        .header("customer-uuid", CUSTOMER.toString())
                        .header("customer-uuid", CUSTOMER.toString())
                        .GET()),
                "account_invalid");
    }

    @Test
    void theNineteenLineTypesAreDings() {
        Set<String> spelled = Arrays.stream(LineType.values()).map(Names::of).collect(Collectors.toSet());

        assertThat(spelled).isEqualTo(new HashSet<>(StrictDing.LINE_TYPES));
    }

    private void tell(Story story) {
        server.verifications.story = () -> Optional.of(story);
    }

    private static Story story(List<Story.Event> events) {
        return new Story(ID, "+33612345678", Optional.empty(), Optional.empty(), NOW, Signals.NONE, events);
    }
}
