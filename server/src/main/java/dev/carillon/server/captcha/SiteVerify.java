// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.captcha.Verdict.Passed;
import dev.carillon.server.captcha.Verdict.Refused;
import dev.carillon.server.captcha.Verdict.Unknown;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.directory.CaptchaProvider;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider of a captcha about an answer, by the call that hCaptcha, Turnstile and reCAPTCHA have in common. A pass is HTTP 200
 * with {@code success: true}, for one of our pages, for the action that was wanted, and not too long ago. Thread-safe.
 */
public final class SiteVerify {
    private static final Map<CaptchaProvider, URI> ADDRESSES = Map.of(
            CaptchaProvider.HCAPTCHA, URI.create("https://api.hcaptcha.com/siteverify"),
            CaptchaProvider.TURNSTILE, URI.create("https://challenges.cloudflare.com/turnstile/v0/siteverify"),
            CaptchaProvider.RECAPTCHA, URI.create("https://www.google.com/recaptcha/api/siteverify"));

    /** Providers take an answer for two minutes, Turnstile for five. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** What reCAPTCHA v3 recommends to begin with: 0 is a robot, 1 a person. */
    private static final double MIN_SCORE = 0.5;

    /** What is wrong with us and not with the answer. */
    private static final Set<String> OUR_FAULT = Set.of(
            "missing-input-secret", "invalid-input-secret", "sitekey-secret-mismatch", "bad-request", "internal-error");

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(SiteVerify.class);

    private final HttpCalls calls;
    private final Map<CaptchaProvider, URI> addresses;
    private final InstantSource clock;

    public SiteVerify(HttpCalls calls, InstantSource clock) {
        this(calls, ADDRESSES, clock);
    }

    SiteVerify(HttpCalls calls, Map<CaptchaProvider, URI> addresses, InstantSource clock) {
        this.calls = calls;
        this.addresses = Map.copyOf(addresses);
        this.clock = clock;
    }

    Verdict check(Environment environment, CaptchaSettings captcha, String token, String ip) {
        CaptchaProvider provider = captcha.provider();
        URI address = addresses.get(provider);
        if (address == null) {
            throw new IllegalArgumentException(provider + " has no siteverify");
        }
        String form =
                "secret=" + encoded(captcha.secret()) + "&response=" + encoded(token) + "&remoteip=" + encoded(ip);
        if (provider == CaptchaProvider.HCAPTCHA && !captcha.siteKey().isEmpty()) {
            form += "&sitekey=" + encoded(captcha.siteKey());
        }
        try {
            HttpReply reply = calls.send(HttpCall.post(address, "application/x-www-form-urlencoded", form));
            return reply.status() == 200
                    ? read(environment, captcha, token, MAPPER.readTree(reply.body()))
                    : unknown(provider, "HTTP " + reply.status());
        } catch (CallFailedException e) {
            return unknown(provider, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unknown(provider, "the answer is not JSON");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown(provider, "interrupted");
        }
    }

    private Verdict read(Environment environment, CaptchaSettings captcha, String token, JsonNode answer) {
        if (!answer.path("success").isBoolean()) {
            return unknown(captcha.provider(), "the answer does not say whether it succeeded");
        }
        if (!answer.path("success").booleanValue()) {
            for (JsonNode code : answer.path("error-codes")) {
                if (OUR_FAULT.contains(code.asText())) {
                    return unknown(captcha.provider(), code.asText());
                }
            }
            return new Refused("captchaToken was not accepted: it is wrong, expired or used");
        }
        if (!isForUs(environment, captcha.provider(), answer)) {
            return new Refused("captchaToken was made for another page");
        }
        if (captcha.action().isPresent()
                && !captcha.action().get().equals(answer.path("action").asText())) {
            return new Refused("captchaToken was made for another action");
        }
        // hCaptcha's score is one of risk, and means the opposite.
        JsonNode score = answer.path("score");
        if (captcha.provider() == CaptchaProvider.RECAPTCHA && score.isNumber() && score.doubleValue() < MIN_SCORE) {
            return new Refused("captchaToken was not accepted: it is likely to be a robot's");
        }
        return isTooOld(answer.path("challenge_ts").asText())
                ? new Refused("captchaToken is expired")
                : new Passed(token);
    }

    /** Of an app, which is on no page, reCAPTCHA tells the package's name, after it has compared it with those that the key is for. */
    private static boolean isForUs(Environment environment, CaptchaProvider provider, JsonNode answer) {
        String host = answer.path("hostname").asText();
        return environment.origins().isEmpty()
                || (provider == CaptchaProvider.RECAPTCHA
                        && answer.path("apk_package_name").isTextual())
                || environment.origins().stream()
                        .anyMatch(origin -> host.equals(URI.create(origin).getHost()));
    }

    private boolean isTooOld(String made) {
        try {
            return !made.isEmpty() && Instant.parse(made).plus(MAX_AGE).isBefore(clock.instant());
        } catch (DateTimeParseException e) {
            return false; // the provider has looked at it as well
        }
    }

    private static Verdict unknown(CaptchaProvider provider, String why) {
        LOG.warn("A captcha could not be checked by {}: {}", provider, why);
        return new Unknown();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
