// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import dev.carillon.server.api.RouteTable.Match;
import dev.carillon.server.ledger.CommitUnknownException;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreUnavailableException;
import dev.carillon.server.secret.NoWindowKeyException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the routes of one contract: finds the endpoint, turns what it throws into answers, sends the answer with its request id,
 * counts it.
 */
public final class ContractService {
    private static final Logger LOG = LoggerFactory.getLogger(ContractService.class);

    /** Answers tell of people; no cache is to keep them. */
    static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");

    private final RouteTable routes;
    private final ErrorShape errors;
    private final RequestMetrics metrics;
    private final Finish finish;

    /** Has the last word on every answer, errors too. Thread-safe. */
    @FunctionalInterface
    public interface Finish {
        Answer of(ApiRequest request, Answer answer);
    }

    public ContractService(List<Route> routes, ErrorShape errors, RequestMetrics metrics) {
        this(routes, errors, metrics, (_, answer) -> answer);
    }

    public ContractService(List<Route> routes, ErrorShape errors, RequestMetrics metrics, Finish finish) {
        this.finish = finish;
        this.routes = new RouteTable(routes);
        this.errors = errors;
        this.metrics = metrics;
    }

    /** The answer to what is refused since there is too much to do. */
    public static Answer overloaded(ErrorShape errors) {
        return errors.of(503, "Service Unavailable").with(HeaderNames.RETRY_AFTER, "1");
    }

    void handle(ServerRequest request, ServerResponse response) {
        long started = System.nanoTime();
        String id = RequestIds.of(request.headers());
        Method method = request.prologue().method();
        Match match = routes.find(method, request.prologue().uriPath().rawPath());
        Route route = match.route();
        String name = route == null ? "none" : route.name();
        boolean close = false;
        ApiRequest asked = new ApiRequest(request, match.parameter());
        Answer answer;
        try {
            answer = route == null ? notRouted(match) : route.endpoint().answer(asked);
        } catch (AnswerException e) {
            answer = e.answer();
        } catch (InvalidRequestException e) {
            answer = errors.of(400, e.explanation());
            close = e.bodyUnread();
        } catch (OverloadedException e) {
            answer = overloaded(errors);
        } catch (StoreUnavailableException | StoreConflictException e) {
            answer = later("the database cannot do this now; nothing was done");
        } catch (NoWindowKeyException e) {
            answer = later("this server's clock was set and it is not ready again; nothing was done");
        } catch (CommitUnknownException e) {
            LOG.warn("{} may have been done or not, request {}", name, id);
            answer = errors.of(500, "the database was lost in the middle; this may have been done or not");
        } catch (CloseConnectionException e) {
            throw e; // the client is gone
        } catch (RuntimeException e) {
            LOG.error("{} failed, request {}", name, id, Traces.withoutMessages(e));
            answer = errors.of(500, "something went wrong here; the request id helps to find out what");
        }
        answer = finish.of(asked, answer);
        close |= saysClose(request.headers()) || asked.unread().isUnreadChunked();
        // When the listener stops it wakes the threads that wait for a request, and one may have come by then. It is
        // answered: but a channel closes when it is written to by a thread that is marked as interrupted.
        boolean interrupted = Thread.interrupted();
        send(response, method, answer, id, close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        metrics.record(name, answer.status(), answer.outcome(), System.nanoTime() - started);
        if (close) {
            // Helidon itself would go on and read the rest of the body as the next request.
            asked.unread().drain();
            throw new CloseConnectionException("The answer said so");
        }
    }

    private Answer later(String explanation) {
        return errors.of(503, explanation).with(HeaderNames.RETRY_AFTER, "1");
    }

    private static boolean saysClose(Headers headers) {
        return headers.contains(HeaderNames.CONNECTION) && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private Answer notRouted(Match match) {
        if (match.allowed().isEmpty()) {
            return errors.of(404, "there is nothing at this path");
        }
        String allowed = String.join(", ", match.allowed());
        return errors.of(405, "this path takes " + allowed + " only").with(HeaderNames.ALLOW, allowed);
    }

    private static void send(ServerResponse response, Method method, Answer answer, String id, boolean close) {
        response.status(Status.create(answer.status()));
        for (Header header : answer.headers()) {
            response.header(header);
        }
        response.header(HeaderValues.create(RequestIds.NAME, id));
        response.header(NO_STORE);
        if (close) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (method.equals(Method.HEAD)) {
            response.send();
        } else {
            response.send(answer.body());
        }
    }
}
