// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** By whom a receiver's certificate may be signed: those that the JDK trusts, and the operator's own. */
public final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * Makes what connections check certificates with.
     *
     * @param file certificates in PEM, one after the other
     * @throws IllegalArgumentException when there are none in the file
     */
    public static SSLContext with(Optional<Path> file) {
        try {
            TrustManagerFactory trust = factory();
            trust.init(file.isEmpty() ? null : together(file.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(
                    file.map(Path::toString).orElse("the JDK's file") + " is not a file of PEM certificates", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of the JDK", e);
        }
    }

    static KeyStore together(Path file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> own = read(file);
        if (own.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate certificate : own) {
            store.setCertificateEntry("own" + count++, certificate);
        }
        TrustManagerFactory standard = factory();
        standard.init((KeyStore) null);
        for (TrustManager manager : standard.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                for (X509Certificate certificate : known.getAcceptedIssuers()) {
                    store.setCertificateEntry("standard" + count++, certificate);
                }
            }
        }
        return store;
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static TrustManagerFactory factory() throws GeneralSecurityException {
        return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    }
}
