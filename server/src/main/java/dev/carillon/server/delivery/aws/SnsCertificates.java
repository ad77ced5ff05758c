// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * The certificates that SNS signs with, each fetched once. What makes one genuine is where it lies: SNS's own host, by TLS. Thread-safe.
 */
final class SnsCertificates {
    private static final Pattern PATH = Pattern.compile("/SimpleNotificationService-[0-9A-Za-z]{1,64}\\.pem");
    /** SNS has one at a time and changes it about once a year. */
    private static final int MAX_KEPT = 8;

    private final SnsTopic topic;
    private final HttpCalls calls;
    private final Map<URI, X509Certificate> kept = new ConcurrentHashMap<>();
    /** Who is no friend may make up certificates to be fetched, but only one at a time. */
    private final Semaphore fetching = new Semaphore(1);

    SnsCertificates(SnsTopic topic, HttpCalls calls) {
        this.topic = topic;
        this.calls = calls;
    }

    /**
     * The certificate at a URL; empty when SNS has none there.
     *
     * @throws IllegalStateException when it could not be fetched; it may be there another time
     */
    Optional<X509Certificate> at(String text) {
        Optional<URI> url =
                topic.ownUrl(text).filter(own -> PATH.matcher(own.getRawPath()).matches() && own.getRawQuery() == null);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate known = kept.get(url.get());
        return known == null ? fetch(url.get()) : Optional.of(known);
    }

    private Optional<X509Certificate> fetch(URI url) {
        if (!fetching.tryAcquire()) {
            throw new IllegalStateException("another certificate of SNS is being fetched");
        }
        try {
            Optional<X509Certificate> certificate = read(calls.send(HttpCall.get(url)));
            certificate.ifPresent(genuine -> keep(url, genuine));
            return certificate;
        } catch (CallFailedException e) {
            throw new IllegalStateException("a certificate of SNS could not be fetched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            fetching.release();
        }
    }

    private void keep(URI url, X509Certificate certificate) {
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(url, certificate);
    }

    private static Optional<X509Certificate> read(HttpReply reply) {
        if (!reply.isSuccess()) {
            if (reply.status() >= 400 && reply.status() < 500) {
                return Optional.empty();
            }
            throw new IllegalStateException("a certificate of SNS could not be fetched: " + reply);
        }
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(reply.body().getBytes(US_ASCII))));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
