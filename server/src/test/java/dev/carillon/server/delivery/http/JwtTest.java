// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JwtTest {
    private static final Set<String> ALL = Set.of("HS256", "HS384", "HS512");

    private final JsonNode vectors = Vectors.of(JwtTest.class, "jwt.json");
    private final Secret secret = new Secret(vectors.path("secret").asText());
    private final Instant now = Instant.ofEpochSecond(vectors.path("now").asLong());

    @TestFactory
    Stream<DynamicTest> tokensOfAnotherImplementation() {
        return vectors.path("tokens")
                .valueStream()
                .map(vector -> dynamicTest(vector.path("algorithm").asText(), () -> assertThat(
                                Jwt.verify(vector.path("token").asText(), secret, ALL, now))
                        .matches(claims ->
                                claims.isPresent() == vector.path("valid").asBoolean())));
    }

    @Test
    void claimsAreGiven() {
        JsonNode claims = Jwt.verify(token(), secret, Set.of("HS256"), now).orElseThrow();
        assertThat(claims.path("iss").asText()).isEqualTo("Vonage");
    }

    @Test
    void onlyAlgorithmsThatAreWantedAreTaken() {
        assertThat(Jwt.verify(token(), secret, Set.of("HS384", "HS512"), now)).isEmpty();
        assertThat(Jwt.verify(token(), secret, Set.of("none", "RS256"), now)).isEmpty();
    }

    @Test
    void nothingOfATokenCanBeChanged() {
        String token = token();
        for (int i = 0; i < token.length(); i++) {
            String other = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            // The last letter has bits that no byte takes.
            if (i < token.length() - 1) {
                assertThat(Jwt.verify(other, secret, ALL, now))
                        .as("letter %s", i)
                        .isEmpty();
            }
        }
        for (String other :
                new String[] {"", ".", "..", "...", "a.b.c", token + ".", token.substring(token.indexOf('.'))}) {
            assertThat(Jwt.verify(other, secret, ALL, now)).isEmpty();
        }
    }

    @Test
    void anExtensionThatIsCriticalIsRefused() {
        String token = signed("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", "{}");
        assertThat(Jwt.verify(token, secret, ALL, now)).isEmpty();
        assertThat(Jwt.verify(signed("{\"alg\":\"HS256\"}", "{}"), secret, ALL, now))
                .isPresent();
        assertThat(Jwt.verify(signed("{\"alg\":\"HS256\"}", "[]"), secret, ALL, now))
                .isEmpty();
    }

    @Test
    void whatIsSignedCanBeVerified() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String base64 = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";

        String token = Jwt.signRs256(JsonTree.object().put("a", "b"), Jwt.rsaKey(new Secret(pem)));

        String[] parts = token.split("\\.", -1);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)).isEqualTo("{\"a\":\"b\"}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        // As environment variables have it.
        assertThat(Jwt.rsaKey(
                        new Secret(pem.replace("\r", "").replace("\n", "\\n").replaceAll("\\\\n$", ""))))
                .isEqualTo(pair.getPrivate());
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() {
        for (String key : new String[] {
            "hunter2",
            "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----"
        }) {
            assertThatThrownBy(() -> Jwt.rsaKey(new Secret(key)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("is not a private")
                    .hasNoCause()
                    .message()
                    .doesNotContain("hunter2");
        }
    }

    private String signed(String header, String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String text =
                base64.encodeToString(header.getBytes(UTF_8)) + "." + base64.encodeToString(claims.getBytes(UTF_8));
        return text + "." + base64.encodeToString(Signatures.Hmac.SHA256.of(secret, text));
    }

    private String token() {
        return vectors.path("tokens").path(0).path("token").asText();
    }
}
