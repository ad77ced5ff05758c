// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.config.Cidr;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.secret.Keyring;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * What the operator has decided of webhooks.
 *
 * @param plainAllowed whether http will do, not only https
 * @param networks private networks that may be called
 * @param tls which certificates of receivers are trusted; asked for the first request
 * @param retention how long verifications are kept, and so what can be told of them
 */
public record WebhookSettings(boolean plainAllowed, List<Cidr> networks, Supplier<SSLContext> tls, Duration retention) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The form of URLs that may be called. */
    public ReceiverUrl urls() {
        return new ReceiverUrl(addresses(), plainAllowed);
    }

    /** Starts to tell what is due. */
    public Webhooks start(
            Letters letters,
            VerificationReader verifications,
            Function<UUID, Optional<AccountView>> accounts,
            Keyring keyring,
            EventForm form,
            InstantSource clock) {
        Poster poster = new LazyPoster(() -> new HttpPoster(
                new PublicNames(addresses(), InetAddress::getAllByName, PATIENCE, Receivers.ROOM),
                tls.get(),
                PATIENCE,
                Receivers.ROOM));
        Teller teller = new Teller(verifications, accounts, keyring, urls(), form, poster, clock);
        return new Webhooks(letters, teller::tell, poster, clock, retention).start();
    }

    private AddressRules addresses() {
        return new AddressRules(networks);
    }
}
