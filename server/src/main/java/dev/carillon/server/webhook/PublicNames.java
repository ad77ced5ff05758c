// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up, and knows only those that lead to addresses that may be called. The look-up of the JDK cannot be broken off and
 * holds a virtual thread's carrier, of which there are as few as processors: a name server that does not answer would stop the whole
 * program. So look-ups have threads of their own, and whoever waits for one waits no longer than it should. Thread-safe.
 */
final class PublicNames implements DnsResolver, AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final AddressRules rules;
    private final NameService names;
    private final Duration patience;
    private final ExecutorService threads;

    /** Asks the system. */
    @FunctionalInterface
    interface NameService {
        InetAddress[] lookup(String host) throws UnknownHostException;
    }

    /** Makes one for a number of look-ups at a time; more are refused. */
    PublicNames(AddressRules rules, NameService names, Duration patience, int lookups) {
        this.rules = rules;
        this.names = names;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                0,
                lookups,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("webhook-names-", 0).factory());
    }

    /** One bad address spoils a name: it is not for a receiver to choose which one is taken. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookup(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        for (InetAddress address : addresses) {
            Optional<String> refusal = rules.refusal(address);
            if (refusal.isPresent()) {
                throw new UnusableHostException("leads to a forbidden address: " + refusal.get());
            }
        }
        return onePerFamily(addresses);
    }

    /** A name of fifty addresses that do not answer would take fifty times as long as one. */
    private static InetAddress[] onePerFamily(InetAddress[] addresses) {
        InetAddress first = addresses[0];
        return Arrays.stream(addresses)
                .filter(other -> other.getClass() != first.getClass())
                .findFirst()
                .map(other -> new InetAddress[] {first, other})
                .orElseGet(() -> new InetAddress[] {first});
    }

    private InetAddress[] lookup(String name) throws UnknownHostException {
        try {
            Future<InetAddress[]> answer = threads.submit(() -> names.lookup(name));
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new UnusableHostException("could not be looked up in time");
        } catch (ExecutionException e) {
            throw new UnusableHostException("is not known");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableHostException("could not be looked up in time");
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** There is no address to call; the message goes on from "the host". */
    static final class UnusableHostException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        UnusableHostException(String reason) {
            super(reason);
        }
    }
}
