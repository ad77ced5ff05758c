// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.http.JsonTree;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A service account that was made a moment ago. */
public final class TestAccount {
    static final String EMAIL = "sender@project.iam.gserviceaccount.com";
    private static final KeyPair KEYS = keys();

    private TestAccount() {}

    /** The key file as it is downloaded. */
    public static String file(String tokenUrl) {
        return JsonTree.write(JsonTree.object()
                .put("type", "service_account")
                .put("client_email", EMAIL)
                .put("private_key", pem())
                .put("token_uri", tokenUrl));
    }

    static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The claims of an assertion that this account has signed. */
    static JsonNode claims(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                throw new AssertionError("the signature is wrong");
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return JsonTree.read(Base64.getUrlDecoder().decode(parts[1]));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
