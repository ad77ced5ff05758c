// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key and the signature of RFC 8037, appendix A. */
class Ed25519Test {
    private static final String KEY =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
                    + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
    private static final String SIGNED = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    @Test
    void signsAsTheStandardShows() throws Exception {
        JWSObject object = new JWSObject(new JWSHeader(JWSAlgorithm.EdDSA), new Payload("Example of Ed25519 signing"));
        object.sign(new Ed25519(OctetKeyPair.parse(KEY)));
        assertThat(object.serialize()).isEqualTo(SIGNED);
    }

    @Test
    void verifiesWithThePublicHalf() throws Exception {
        Ed25519 verifier = new Ed25519(OctetKeyPair.parse(KEY).toPublicJWK());
        assertThat(JWSObject.parse(SIGNED).verify(verifier)).isTrue();
        assertThat(JWSObject.parse(SIGNED).verify(new Ed25519(Ed25519.generate("another"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AA",
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAw"
            })
    void refusesWhatIsNoSignature(String signature) throws Exception {
        Ed25519 verifier = new Ed25519(OctetKeyPair.parse(KEY));
        JWSObject object = JWSObject.parse(SIGNED);
        assertThat(verifier.verify(object.getHeader(), object.getSigningInput(), new Base64URL(signature)))
                .isFalse();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .criticalParams(Set.of("exp"))
                .build();
        JWSObject object = new JWSObject(critical, new Payload("x"));
        Ed25519 key = new Ed25519(OctetKeyPair.parse(KEY));
        object.sign(key);
        assertThat(object.verify(key)).isFalse();
    }
}
