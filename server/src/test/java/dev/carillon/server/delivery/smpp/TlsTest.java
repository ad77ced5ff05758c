// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.SendResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The certificate must be for the host: with jsmpp's own factory the second test binds. */
@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void bindsToTheHostThatTheCertificateIsFor() throws Exception {
        try (NpmSmsc smsc = NpmSmsc.start(keyFor("localhost", "dns:localhost"), certificate());
                Connection connection = connection(smsc)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> connection.state().isUp());
            assertThat(connection.send(Given.message("Your code is 123456"))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    void doesNotBindToAnotherHost() throws Exception {
        try (NpmSmsc smsc = NpmSmsc.start(keyFor("wrong.example", "dns:wrong.example"), certificate());
                Connection connection = connection(smsc)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> connection.state().detail().contains("matching localhost found"));
            assertThat(smsc.pdus("bind_transceiver"))
                    .as("nobody gets the password")
                    .isEmpty();
        }
    }

    @Test
    void doesNotBindToWhomNobodyTrusts() throws Exception {
        Path key = keyFor("localhost", "dns:localhost");
        try (NpmSmsc smsc = NpmSmsc.start(key, certificate());
                Connection connection =
                        Given.smsc("localhost", smsc.port()).with("tls", true).open()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> connection.state().detail().contains("SSLHandshakeException"));
            assertThat(smsc.pdus("bind_transceiver")).isEmpty();
        }
    }

    private Connection connection(NpmSmsc smsc) {
        return Given.smsc("localhost", smsc.port())
                .with("tls", true)
                .with("ca_file", certificate().toString())
                .open();
    }

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    /** Makes a key and its certificate. */
    private Path keyFor(String name, String alternative)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "smsc",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternative,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(
                certificate(), pem("CERTIFICATE", keys.getCertificate("smsc").getEncoded()));
        return Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("smsc", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}
